// Reports and the wallboard. Titles and definitions of reports come with the figures.

const STATUS: Record<string, string> = { online: "Aanwezig", away: "Even weg", wrap_up: "Rondt af" };
/** A day as people write it; at noon, so that no time zone moves it. */
const day = (date: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString("nl-NL", { day: "numeric", month: "short", year: "numeric" });
const shown = (value: number): string => value.toLocaleString("nl-NL");

export const reports = {
  page: "Rapporten | Thuisbalie",
  title: "Rapporten",
  period: "Periode",
  periods: { today: "Vandaag", week: "7 dagen", month: "28 dagen", quarter: "90 dagen", own: "Eigen periode" },
  first: "Van",
  last: "Tot en met",
  show: "Toon",
  badPeriod: "Kies een begin voor het einde, hooguit 366 dagen.",
  span: (first: string, last: string): string => (first === last ? day(first) : `${day(first)} tot en met ${day(last)}`),
  day,
  legend: "Dikke balk of doorgetrokken lijn: deze periode. Dunne balk of streepjes: de periode ervoor.",
  against: (span: string): string => `Vergeleken met ${span}`,
  total: (now: number, before: number): string =>
    `${shown(now)} gesprekken. In de periode ervoor ${shown(before)}.`,
  loading: "Cijfers worden geteld…",
  empty: "In deze periode is er niets om te tellen.",
  notAllowed: "Rapporten zijn er voor teamleiders.",
  failed: "De cijfers komen niet door.",
  again: "Probeer opnieuw",
  counts: "Wat telt mee?",
  table: "Toon als tabel",
  file: "Download CSV",
  fileOf: (title: string): string => `Download CSV: ${title}`,
  group: "Groep",
  now: "Aantal",
  before: "Periode ervoor",
  none: "te weinig om te zeggen",
  value: (value: number | null): string => (value === null ? "–" : shown(value)),
  point: (label: string, now: string, before: string): string => `${label}: ${now}, ervoor ${before}`,
  share: (percent: number, total: number): string => `${percent}% van ${shown(total)}`,
  chart: (title: string): string => `Grafiek: ${title}`,
};

export const wallboard = {
  page: "Wandbord | Thuisbalie",
  title: "Wandbord",
  waiting: "Wachten",
  longest: (span: string): string => `langst ${span}`,
  nobody: "niemand",
  held: "In gesprek",
  offered: "Aangeboden",
  people: "Aanwezig",
  noPeople: "Er is niemand aanwezig.",
  status: (status: string): string => STATUS[status] ?? status,
  load: (held: number, capacity: number | null): string =>
    capacity === null ? String(held) : `${held} van ${capacity}`,
  service: "Servicetijd vandaag",
  serviceOf: (met: number, all: number): string => `${met} van ${all} gehaald`,
  noService: "Nog geen",
  urgent: "Open spoed",
  promises: "Beloften binnen 2 uur",
  late: (count: number): string => `${count} te laat`,
  kept: "Wacht op het systeem",
  keptByHand: (count: number): string => `${count} voor een medewerker`,
  trend: "Nieuwe gesprekken per uur",
  trendLegend: "Doorgetrokken: nieuw. Streepjes: vroegen om een medewerker.",
  trendPoint: (hour: string, opened: number, asked: number): string =>
    `${hour}: ${opened} nieuw, ${asked} vroegen om een medewerker`,
  span: (minutes: number): string =>
    minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} u ${minutes % 60} min`,
  stale: (time: string): string => `Geen verbinding. Stand van ${time}.`,
  asOf: (time: string): string => `Stand van ${time}`,
  loading: "De stand wordt opgehaald…",
};
