import { at, call } from "./client";

/** What the tenant is owed next. */
export interface ServiceClock {
  kind: string;
  warn_at: string | null;
  due_at: string;
}

/** One clock of a conversation; minutes are working minutes. */
export interface MeasuredClock {
  kind: string;
  queue: string;
  queue_label: string;
  target_minutes: number;
  worked_minutes: number;
  started_at: string;
  due_at: string | null;
  ended_at: string | null;
  outcome: "running" | "met" | "missed" | "dropped";
}

export interface Opinion {
  conversation: string;
  asked_at: string;
  score: number | null;
  words: string | null;
  flag: "" | "complaint" | "compliment";
  low: boolean;
}

export interface Service {
  clocks: MeasuredClock[];
  opinion: Opinion | null;
}

export const serviceApi = {
  read: (id: string) => call<Service>("GET", at(id, "/service")),
};
