import { createRouter, createWebHistory, type Router } from "vue-router";

import EditingPage from "./pages/EditingPage.vue";
import LoginPage from "./pages/LoginPage.vue";
import OpeningHoursPage from "./pages/OpeningHoursPage.vue";
import SettingsPage from "./pages/SettingsPage.vue";
import WorkPage from "./pages/WorkPage.vue";
import { safeReturn } from "./return";
import { startFor } from "./state/pages";
import { hasPage } from "./stores/pages";
import { useSession } from "./stores/session";

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory(import.meta.env.BASE_URL),
    routes: [
      { path: "/login", name: "login", component: LoginPage },
      { path: "/", name: "work", component: WorkPage },
      { path: "/conversations/:id", name: "conversation", component: WorkPage },
      { path: "/instellingen", name: "settings", component: SettingsPage },
      { path: "/redactie", name: "editing", component: EditingPage },
      { path: "/redactie/openingstijden", name: "opening-hours", component: OpeningHoursPage },
      { path: "/storingen", name: "faults", component: () => import("./pages/FaultsPage.vue") },
      { path: "/rapporten", name: "reports", component: () => import("./pages/ReportsPage.vue") },
      { path: "/wandbord", name: "wallboard", component: () => import("./pages/WallboardPage.vue") },
      { path: "/meningen", name: "opinions", component: () => import("./pages/OpinionsPage.vue") },
      { path: "/beheer/medewerkers", name: "staff", component: () => import("./pages/StaffPage.vue") },
      { path: "/beheer/inzage", name: "access-log", component: () => import("./pages/AccessLogPage.vue") },
      { path: "/:rest(.*)*", redirect: "/" },
    ],
  });
  router.beforeEach(async (to) => {
    const session = useSession();
    if (session.status === "unknown") await session.restore().catch(() => undefined);
    if (to.name === "login") return session.status === "in" ? safeReturn(to.query["next"]) : true;
    if (session.status === "in") {
      const start = startFor(session.agent?.roles ?? [], hasPage(router));
      return to.name === "work" && start !== "/" ? start : true;
    }
    const next = to.fullPath === "/" ? {} : { next: to.fullPath };
    return { name: "login", query: next };
  });
  return router;
}
