// Every Dutch word of the console. Components hold none.

const URGENT_KINDS: Record<string, string> = {
  life: "Levensgevaar",
  gas: "Gaslucht",
  co: "Koolmonoxide",
  fire: "Brand",
  water_electricity: "Water bij elektriciteit",
  violence: "Geweld of dreiging",
  self_harm: "Gedachten aan zelfdoding",
  trapped: "Opgesloten in de lift",
};

const QUEUES: Record<string, string> = {
  huur: "Huur",
  reparaties: "Reparaties",
  leefbaarheid: "Leefbaarheid",
  verhuur: "Verhuur",
  klachten: "Klachten",
  spoed: "Spoed",
};

const CHANNELS: Record<string, string> = {
  webchat: "Webchat",
  whatsapp: "WhatsApp",
  sms: "Sms",
  telegram: "Telegram",
  voice: "Telefoon",
};

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const nl = {
  product: "Thuisbalie",
  urgentKind: (kind: string | null): string =>
    kind === null ? "Spoed" : (URGENT_KINDS[kind] ?? "Spoed"),
  queue: (queue: string): string => QUEUES[queue] ?? queue,
  queues: QUEUES,
  channel: (channel: string): string => CHANNELS[channel] ?? channel,
  conversationTitle: (reference: string | null): string =>
    reference === null ? "Gesprek" : `Gesprek ${reference}`,

  page: {
    login: "Inloggen | Thuisbalie",
    work: (waiting: number): string =>
      waiting === 0 ? "Gesprekken | Thuisbalie" : `(${waiting}) wachten | Thuisbalie`,
    skip: "Naar het gesprek",
  },

  login: {
    title: "Inloggen",
    lead: "Voor medewerkers van de corporatie.",
    name: "Gebruikersnaam",
    password: "Wachtwoord",
    submit: "Inloggen",
    busy: "Bezig met inloggen…",
    wrong: "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar.",
    nameMissing: "Vul uw gebruikersnaam in.",
    passwordMissing: "Vul uw wachtwoord in.",
    expired: "U bent uitgelogd. Log opnieuw in. Uw concepten zijn bewaard.",
    tooOften: (wait: string): string => `Te vaak geprobeerd. Probeer het over ${wait} opnieuw.`,
    tooOftenUnknown: "Te vaak geprobeerd. Wacht even en probeer het dan opnieuw.",
  },

  errors: {
    unreachable: "Wij krijgen geen verbinding. Controleer uw netwerk en probeer het opnieuw.",
    unknown: "Dat lukte niet. Probeer het opnieuw.",
    retry: "Opnieuw proberen",
  },

  top: {
    menu: "Menu",
    account: (name: string): string => `Ingelogd als ${name}`,
    shortcuts: "Sneltoetsen",
    theme: "Weergave",
    themes: { system: "Zoals het apparaat", light: "Licht", dark: "Donker" },
    logout: "Uitloggen",
  },

  link: {
    lost: "Verbinding kwijt. We proberen het opnieuw.",
    now: "Nu proberen",
    back: "Weer verbonden.",
  },

  list: {
    region: "Wachtrij",
    title: "Gesprekken",
    tabs: {
      waiting: "Wachten",
      mine: "Bij mij",
      colleagues: "Bij collega’s",
      assistant: "Bij assistent",
    },
    tabsLabel: "Welke gesprekken",
    empty: {
      waiting: { title: "Niemand wacht", text: "Nieuwe gesprekken verschijnen hier vanzelf." },
      mine: { title: "U heeft geen gesprekken", text: "Neem een gesprek over uit de wachtrij." },
      colleagues: { title: "Collega’s hebben geen gesprekken", text: "Wat zij overnemen ziet u hier." },
      assistant: { title: "De assistent heeft geen gesprekken", text: "Nieuwe chats verschijnen hier vanzelf." },
    },
    loading: "Gesprekken laden…",
    error: { title: "De lijst kan niet geladen worden", text: "Gesprekken gaan niet verloren." },
    more: "Alleen de nieuwste gesprekken staan hier.",
    urgent: "Spoed",
    open: "Openen",
    newWaiting: (n: number): string =>
      n === 1 ? "Er wacht een nieuw gesprek." : `Er wachten ${n} nieuwe gesprekken.`,
    newUrgent: (kind: string): string => `Spoed: ${kind}.`,
    unread: (n: number): string => plural(n, "nieuw bericht", "nieuwe berichten"),
    awaitsAnswer: "Wacht op antwoord",
    heldBy: (name: string): string => `Bij ${name}`,
    noMessage: "Nog geen bericht",
    draft: "Concept",
    authors: { tenant: "Huurder", bot: "Assistent", agent: "Medewerker", system: "Systeem" },
  },

  time: {
    waits: (long: string): string => `Wacht ${long}`,
    seconds: (n: number): string => plural(n, "seconde", "seconden"),
    minutes: (n: number): string => plural(n, "minuut", "minuten"),
    hours: (n: number): string => `${n} uur`,
    days: (n: number): string => plural(n, "dag", "dagen"),
    short: { minutes: (n: number): string => `${n} min`, hours: (n: number): string => `${n} u`, days: (n: number): string => `${n} d` },
    now: "nu",
    today: "Vandaag",
    yesterday: "Gisteren",
  },

  view: {
    region: "Gesprek",
    none: { title: "Kies een gesprek", text: "Open links een gesprek om het te lezen en over te nemen." },
    loading: "Gesprek laden…",
    missing: { title: "Dit gesprek bestaat niet", text: "Misschien is het verwijderd. Kies een ander gesprek." },
    error: { title: "Het gesprek kan niet geladen worden", text: "Het gesprek zelf is bewaard." },
    back: "Terug naar de lijst",
    toDossier: "Dossier",
    messages: "Berichten",
    states: {
      bot: "Bij de assistent",
      waiting: "In de wachtrij",
      mine: "Bij u",
      held: (name: string): string => `Bij ${name}`,
      closed: "Gesloten",
    },
    newMessages: "Naar het nieuwste bericht",
    understood: "Begrepen als",
    notUnderstood: "Niet begrepen",
    private: "Alleen voor collega’s",
    note: "Notitie",
    noteOf: (name: string): string => (name === "" ? "Notitie" : `Notitie van ${name}`),
    withheld: "Antwoord van de assistent, niet verstuurd",
    assistant: "Assistent",
    tenant: "Huurder",
    offered: "Keuzes",
    sending: "Wordt verstuurd…",
    unsent: "Nog niet verstuurd. We proberen het opnieuw.",
    refused: "Niet verstuurd.",
    putBack: "Terug in het tekstvak",
    throwAway: "Weggooien",
    announce: (who: string, text: string): string => `${who}: ${text}`,
  },

  urgent: {
    title: (kind: string): string => `Spoed: ${kind}`,
    first: "Neem dit gesprek als eerste.",
    text: "De huurder heeft het veiligheidsadvies al gekregen.",
  },

  actions: {
    take: "Neem over",
    release: "Geef terug",
    toAssistant: "Terug naar de assistent",
    toAssistantHint: "De assistent antwoordt weer.",
    toQueue: "Naar een wachtrij. Een collega neemt het over.",
    sameQueue: "deze wachtrij",
    close: "Sluit",
    takeAgain: "Weer overnemen",
    next: "Volgende in de wachtrij",
    dismiss: "Melding sluiten",
    released: { assistant: "Teruggegeven aan de assistent.", queue: "Teruggezet in de wachtrij." },
    closed: "Gesprek gesloten.",
    readAlong: "U kunt wel meelezen en een notitie maken.",
  },

  closing: {
    title: "Gesprek sluiten?",
    text: "De huurder ziet dat het gesprek klaar is. Schrijft de huurder weer, dan gaat het gesprek weer open.",
    unsent: "Let op: u heeft nog een tekst die niet is verstuurd.",
    confirm: "Gesprek sluiten",
    cancel: "Annuleren",
  },

  composer: {
    modes: "Soort bericht",
    reply: "Antwoord",
    note: "Notitie",
    replyLabel: "Antwoord aan de huurder",
    noteLabel: "Notitie voor collega’s",
    replyHolder: "Schrijf een antwoord…",
    noteHolder: "Schrijf een notitie. De huurder ziet dit niet.",
    send: "Verstuur",
    saveNote: "Bewaar notitie",
    hint: "Enter verstuurt. Shift + Enter maakt een nieuwe regel.",
    hintNote: "Enter bewaart. Shift + Enter maakt een nieuwe regel.",
    refused: "Dit bericht is niet verstuurd.",
    old: "Dit bericht is nog niet verstuurd. Wilt u het nog versturen?",
    tooLong: (n: number): string => `${n} tekens te lang.`,
    blocked: {
      waiting: "Neem het gesprek over om te antwoorden.",
      bot: "De assistent voert dit gesprek. Neem het over om te antwoorden.",
      held: (name: string): string => `${name} heeft dit gesprek. U kunt wel een notitie maken.`,
      closed: "Dit gesprek is gesloten. U kunt nog wel een notitie maken.",
    },
  },

  dossier: {
    region: "Dossier",
    title: "Dossier",
    back: "Terug naar het gesprek",
    why: "Waarom bij u",
    asked: "Gevraagd",
    note: "Van de assistent",
    tried: "Wat is geprobeerd",
    likely: "Waarschijnlijk gaat het over",
    form: "Ingevulde gegevens",
    promises: "Beloftes",
    due: (when: string): string => `Voor ${when}`,
    overdue: "Te laat",
    noDeadline: "Geen tijd afgesproken",
    facts: "Gesprek",
    channel: "Kanaal",
    queue: "Wachtrij",
    opened: "Begonnen",
    reference: "Kenmerk",
    empty: "De assistent heeft dit gesprek niet overgedragen. Er is nog geen samenvatting.",
    none: "Kies een gesprek. Dan leest u hier waarom het bij u komt.",
    sure: (percent: number): string => `${percent}% zeker`,
    unknownTopic: "Geen onderwerp herkend",
    emptyValue: "Niet ingevuld",
  },

  help: {
    title: "Sneltoetsen",
    text: "Deze toetsen werken als u niet in een tekstvak typt.",
    on: "Sneltoetsen met één letter gebruiken",
    close: "Sluiten",
    keys: {
      next: "Volgend gesprek",
      previous: "Vorig gesprek",
      take: "Gesprek overnemen",
      reply: "Antwoord schrijven",
      note: "Notitie schrijven",
      help: "Deze uitleg",
      region: "Naar het volgende deel van het scherm",
      leave: "Uit het tekstvak",
      send: "Versturen",
    },
    always: "Deze toetsen werken altijd.",
  },
};
