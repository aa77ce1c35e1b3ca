import { defineStore } from "pinia";
import { computed, ref } from "vue";

import { api, whenSignedOut } from "../api/client";
import { Problem } from "../api/problem";
import type { CodeNeeded } from "../api/accounts";
import type { Agent } from "../api/types";

export type SessionStatus = "unknown" | "out" | "in";

export const useSession = defineStore("session", () => {
  const agent = ref<Agent | null>(null);
  const status = ref<SessionStatus>("unknown");
  /** The login ended by itself while somebody was at work. */
  const expired = ref(false);
  const agentId = computed(() => (agent.value === null ? "" : String(agent.value.id)));

  function enter(who: Agent): void {
    agent.value = who;
    status.value = "in";
    expired.value = false;
  }

  function leave(byItself: boolean): void {
    if (status.value === "out") return;
    expired.value = byItself && status.value === "in";
    agent.value = null;
    status.value = "out";
  }

  /** True when the stored cookie still counts; throws when the server could not be asked. */
  async function restore(): Promise<boolean> {
    if (status.value !== "unknown") return status.value === "in";
    try {
      enter((await api.me()).agent);
      return true;
    } catch (error) {
      if (!(error instanceof Problem && error.signedOut)) throw error;
      leave(false);
      return false;
    }
  }

  /** What is still to do after the password; null when that was enough. */
  async function login(name: string, password: string): Promise<CodeNeeded | null> {
    const answer = await api.login(name, password);
    if ("step" in answer) return answer;
    enter(answer.agent);
    return null;
  }

  async function logout(): Promise<void> {
    await api.logout().catch(() => undefined);
    leave(false);
  }

  whenSignedOut(() => leave(true));

  return { agent, agentId, status, expired, restore, enter, login, logout, leave };
});
