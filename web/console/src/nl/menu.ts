// The menu between the pages of the console.

export const menu = {
  label: "Pagina’s",
  pages: {
    work: "Gesprekken",
    faults: "Storingen",
    reports: "Rapporten",
    wallboard: "Wandbord",
    opinions: "Meningen",
    editing: "Redactie",
    hours: "Openingstijden",
    staff: "Medewerkers",
    access: "Inzage",
    settings: "Instellingen",
  },
};
