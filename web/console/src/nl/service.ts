// By when a tenant is owed an answer, and what tenants think of the help.

const KINDS: Record<string, string> = {
  first_answer: "Eerste antwoord",
  next_answer: "Volgende antwoord",
  resolution: "Oplossing",
  promise: "Belofte",
};

const OUTCOMES: Record<string, string> = {
  running: "Loopt",
  met: "Gehaald",
  missed: "Te laat",
  dropped: "Vervallen",
};

const FLAGS: Record<string, string> = { complaint: "Klacht", compliment: "Compliment" };

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const service = {
  kind: (kind: string): string => KINDS[kind] ?? kind,
  within: (kind: string, span: string): string =>
    `${KINDS[kind] ?? kind} binnen ${span}`,
  late: (kind: string, span: string): string => `${KINDS[kind] ?? kind} ${span} te laat`,
  until: (moment: string): string => `Uiterlijk ${moment}`,
  title: "Servicetijden",
  line: (outcome: string, worked: number, target: number): string =>
    outcome === "running"
      ? `Loopt: ${plural(worked, "minuut", "minuten")} gewerkt, ${plural(target, "minuut", "minuten")} de tijd`
      : `${OUTCOMES[outcome] ?? outcome}: na ${plural(worked, "minuut", "minuten")}, ${plural(target, "minuut", "minuten")} de tijd`,
  opinion: "Mening van de huurder",
  score: (score: number): string => `Cijfer ${score} van 5`,
  unanswered: "De huurder gaf nog geen cijfer.",
  flag: (flag: string): string => FLAGS[flag] ?? "",
  low: "Laag cijfer",
};
