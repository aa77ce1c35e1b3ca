import { computed, type ComputedRef } from "vue";
import { useRouter, type Router } from "vue-router";

import { pagesFor, type Page } from "../state/pages";
import { useSession } from "./session";

/** An address that no page has falls to the last route, which has no name. */
export const hasPage = (router: Router) => (path: string): boolean =>
  router.resolve(path).name !== undefined;

/** The pages that whoever is logged in may use. */
export function usePages(): ComputedRef<Page[]> {
  const router = useRouter();
  const session = useSession();
  return computed(() => pagesFor(session.agent?.roles ?? [], hasPage(router)));
}
