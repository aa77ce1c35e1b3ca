import { defineStore } from "pinia";
import { computed, reactive, ref, watch } from "vue";

import { Problem } from "../api/client";
import { newClientMsgId } from "../api/ids";
import { type Ask, type Done, type Flags, type Part, type TenantCard, tenantCardApi } from "../api/tenantCard";
import { tenantCard as words } from "../nl/tenantCard";
import { OPEN_AT_FIRST, PARTS, type Section, sectionState } from "../state/tenantCard";
import { useAnnouncer } from "./announcer";
import { useSession } from "./session";
import { useThread } from "./thread";

export const problemWords = (error: unknown): string =>
  error instanceof Problem && error.message !== "" ? error.message : words.failed;

/** What the back office says of the tenant of the open conversation. Parts are read when they open. */
export const useTenantCard = defineStore("tenantCard", () => {
  const thread = useThread();
  const session = useSession();
  const announcer = useAnnouncer();
  const card = ref<TenantCard | null>(null);
  const flags = ref<Flags | null>(null);
  /** The card itself could not be read. */
  const failed = ref(false);
  const open = reactive(new Set<Section>(OPEN_AT_FIRST));
  const loading = reactive(new Set<Section>());
  /** What was done last in this conversation: its number, and words for the reply. */
  const done = ref<Done | null>(null);

  const maySeeFlags = computed(() => session.agent?.roles.includes("lead") ?? false);
  const about = computed(() => card.value?.about ?? null);
  /** Staff decide at each closing, where the corporation lets them and it is known whom it is about. */
  const offersContact = computed(() => about.value !== null && card.value?.connected === true && card.value.at_close === "ask");
  const writesContact = ref(true);
  const contactWish = computed(() => (offersContact.value ? writesContact.value : undefined));

  async function begin(): Promise<void> {
    const id = thread.id;
    if (id === null) return;
    failed.value = false;
    try {
      const found = await tenantCardApi.read(id, []);
      if (id !== thread.id) return;
      card.value = found;
      flags.value = null;
      if (found.about !== null) await Promise.all([...open].map(read));
    } catch {
      if (id === thread.id) failed.value = true;
    }
  }

  async function read(section: Section): Promise<void> {
    const id = thread.id;
    if (id === null || loading.has(section)) return;
    if (section === "flags" && !maySeeFlags.value) return;
    loading.add(section);
    try {
      if (section === "flags") {
        const found = await tenantCardApi.flags(id);
        if (id === thread.id) flags.value = found;
      } else take(id, PARTS[section], await tenantCardApi.read(id, PARTS[section]));
    } catch {
      if (id === thread.id) lost(section);
    } finally {
      loading.delete(section);
    }
  }

  function take(id: string, parts: readonly Part[], found: TenantCard): void {
    if (id !== thread.id || card.value === null) return;
    for (const part of parts) Object.assign(card.value, { [part]: found[part] });
  }

  /** No answer of our own server is as little an empty list as none of the back office. */
  function lost(section: Section): void {
    if (section === "flags") flags.value = { state: "down", flags: null };
    else if (card.value !== null) {
      for (const part of PARTS[section]) Object.assign(card.value, { [part]: { state: "down" } });
    }
  }

  function toggle(section: Section, isOpen: boolean): void {
    if (!isOpen) {
      open.delete(section);
      return;
    }
    open.add(section);
    const isRead = section === "flags" ? flags.value !== null : sectionState(card.value, section) !== "unread";
    if (!isRead && about.value !== null) void read(section);
  }

  async function link(relatie: string): Promise<void> {
    const id = thread.id;
    if (id === null) return;
    await tenantCardApi.link(id, relatie);
    announcer.say(words.linked);
    if (id === thread.id) await begin();
  }

  async function unlink(): Promise<void> {
    const id = thread.id;
    if (id === null) return;
    await tenantCardApi.unlink(id);
    announcer.say(words.unlinked);
    if (id === thread.id) await begin();
  }

  /** `key` is the form's own number: the same again does nothing twice. Throws when not done. */
  async function ask(what: Ask, key: string, body: object): Promise<void> {
    const id = thread.id;
    if (id === null) return;
    const answer = await tenantCardApi.ask(id, what, { ...body, client_id: key });
    if (id !== thread.id) return;
    done.value = answer;
    announcer.say(answer.kept ? words.kept : words.done(answer.number));
    void thread.reload();
    const touched: Section = what === "case" ? "cases" : what === "contact" ? "contacts" : "repairs";
    if (open.has(touched)) void read(touched);
    else if (card.value !== null && touched !== "repairs") Object.assign(card.value, { [touched]: null });
  }

  watch(
    () => [thread.id, thread.status === "ready"] as const,
    ([id, ready], before) => {
      if (id !== before?.[0]) {
        card.value = flags.value = done.value = null;
        failed.value = false;
        writesContact.value = true;
        loading.clear();
      }
      if (ready) void begin();
    },
    { immediate: true },
  );

  return {
    card, flags, failed, open, loading, done, about, maySeeFlags, offersContact, writesContact, contactWish,
    begin, read, toggle, link, unlink, ask, newKey: newClientMsgId,
  };
});
