// Words of presence, offers, transfer and alarms.

export const routing = {
  presence: {
    menu: "Uw beschikbaarheid",
    now: (status: string): string => `Beschikbaarheid: ${status}`,
    online: "Beschikbaar",
    away: "Even weg",
    reassign: "Weg en verdeel",
    reassignHint: "Uw gesprekken gaan naar collega’s.",
    wrap_up: "Nawerk",
    wrapUpHint: "Vijf minuten geen nieuwe gesprekken.",
    offline: "Niet aanwezig",
    failed: "Uw beschikbaarheid is niet gewijzigd. Probeer het opnieuw.",
  },
  offers: {
    region: "Voor u aangeboden",
    accept: "Neem aan",
    decline: "Niet nu",
    left: (seconds: number): string => `Nog ${seconds} s`,
    urgent: "Spoed",
    gone: "Dit aanbod geldt niet meer.",
    announce: (title: string): string => `Voor u aangeboden: ${title}.`,
  },
  alarms: {
    region: "Spoed buiten kantoortijd",
    told: (times: number): string =>
      times === 1 ? "Piket kreeg 1 melding." : `Piket kreeg ${times} meldingen.`,
    acknowledge: "Ik pak dit op",
  },
  transfer: {
    toColleague: "Naar een collega",
    nobody: "Geen collega is beschikbaar.",
    load: (load: number, capacity: number): string => `${load} van ${capacity} gesprekken`,
    title: (name: string): string => `Doorgeven aan ${name}`,
    text: "De huurder hoort dat een collega verdergaat.",
    note: "Notitie voor uw collega",
    confirm: "Geef door",
    cancel: "Annuleren",
    done: (name: string): string => `Doorgegeven aan ${name}.`,
  },
};
