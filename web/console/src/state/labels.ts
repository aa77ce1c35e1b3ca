import type { Conversation } from "../api/types";
import { nl } from "../nl";

// The server's own words where it sends them: new queues, channels and dangers need no new console.

export function queueLabel(conversation: Conversation): string | null {
  const { queue, queue_label } = conversation;
  return queue_label ?? (queue === null ? null : nl.queue(queue));
}

export function channelLabel(conversation: Conversation): string {
  return conversation.channel_label ?? nl.channel(conversation.channel);
}

export function urgentLabel(conversation: Conversation): string {
  return conversation.urgent_label ?? nl.urgentKind(conversation.urgent_kind);
}
