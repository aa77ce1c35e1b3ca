import type { menu } from "../nl/menu";

export type PageId = keyof typeof menu.pages;

export interface Page {
  readonly id: PageId;
  readonly path: string;
  /** Who may use it; the server decides, this only spares people a closed door. `null`: all. */
  readonly roles: readonly string[] | null;
}

/** In the order of the menu. */
const PAGES: readonly Page[] = [
  { id: "work", path: "/", roles: ["agent", "lead"] },
  { id: "faults", path: "/storingen", roles: ["agent", "lead"] },
  { id: "reports", path: "/rapporten", roles: ["lead", "admin"] },
  { id: "wallboard", path: "/wandbord", roles: ["lead", "admin"] },
  { id: "opinions", path: "/meningen", roles: ["lead"] },
  { id: "editing", path: "/redactie", roles: ["editor", "lead"] },
  { id: "hours", path: "/redactie/openingstijden", roles: ["editor", "lead"] },
  { id: "staff", path: "/beheer/medewerkers", roles: ["admin"] },
  { id: "access", path: "/beheer/inzage", roles: ["privacy_officer"] },
  { id: "settings", path: "/instellingen", roles: null },
];

/** Where people start: the first of these that they may use. */
const STARTS: readonly PageId[] = ["work", "editing", "staff", "access", "reports", "settings"];

/** The pages for somebody with these roles, of those that this console has. */
export function pagesFor(roles: readonly string[], has: (path: string) => boolean): Page[] {
  return PAGES.filter(
    (page) => has(page.path) && (page.roles === null || page.roles.some((role) => roles.includes(role))),
  );
}

/** Where somebody with these roles lands after logging in. */
export function startFor(roles: readonly string[], has: (path: string) => boolean): string {
  const mine = pagesFor(roles, has);
  return STARTS.flatMap((id) => mine.filter((page) => page.id === id))[0]?.path ?? "/";
}
