// The words of the pages on staff and on who looked at what.

import { cardLooks } from "./tenantCard";

export const staff = {
  page: "Medewerkers | Thuisbalie",
  title: "Medewerkers",
  failed: "Dat lukte niet. Probeer het opnieuw.",
  notAllowed: "U heeft geen toegang tot deze pagina.",
  list: "Alle medewerkers",
  pick: "Kies een medewerker, of voeg er een toe.",
  add: "Voeg medewerker toe",
  login: "Gebruikersnaam",
  name: "Naam",
  roles: "Rollen",
  roleMissing: "Kies een rol.",
  queues: "Wachtrijen",
  capacity: "Gesprekken tegelijk",
  save: "Bewaar",
  saved: "Bewaard.",
  inactive: "Niet actief",
  factor: "Tweede stap aan",
  password: "Nieuw wachtwoord",
  passwordFor: (name: string, word: string): string => `Wachtwoord voor ${name}: ${word}`,
  once: "U ziet dit wachtwoord één keer. Geef het persoonlijk door.",
  resetFactor: "Zet de tweede stap terug",
  deactivate: "Maak niet actief",
  activate: "Maak weer actief",
  cancel: "Annuleer",
  sure: {
    password: "Het oude wachtwoord werkt dan niet meer.",
    factor: "Bij het inloggen wordt de oude code niet meer gevraagd.",
    active: "Deze medewerker is dan meteen uitgelogd.",
  },
  roleNames: {
    agent: "Medewerker", lead: "Leidinggevende", editor: "Redacteur",
    privacy_officer: "Privacyfunctionaris", admin: "Beheerder",
  } as Record<string, string>,
  problems: {
    login_taken: "Deze gebruikersnaam bestaat al.",
    last_admin: "Dit is de laatste beheerder.",
    agent_inactive: "Deze medewerker is niet actief.",
    agent_unknown: "Deze medewerker bestaat niet.",
  } as Record<string, string>,
};

export const looks = {
  page: "Inzage | Thuisbalie",
  title: "Inzage",
  person: "Gebruikersnaam of naam",
  reference: "Kenmerk",
  first: "Vanaf",
  last: "Tot en met",
  show: "Toon",
  file: "Download als CSV",
  more: "Toon meer",
  none: "Niets gevonden.",
  table: "Wie keek waar",
  when: "Tijd",
  what: "Wat",
  relatie: "Relatie",
  unknownKind: "Andere handeling",
  searched: (words: string): string => `Gezocht: ${words}`,
  downloaded: (report: string): string => `Rapport gedownload: ${report}`,
  kinds: {
    open: "Gesprek geopend", briefing: "Samenvatting gelezen", messages: "Berichten gelezen",
    file: "Bestand bekeken", person: "Persoon bekeken", service: "Termijn bekeken",
    deliveries: "Bezorging bekeken", resend: "Bericht opnieuw verstuurd", acknowledge: "Spoedmelding bevestigd",
    file_add: "Bestand toegevoegd", file_send: "Bestand verstuurd",
    person_join: "Kanalen samengevoegd door medewerker", person_part: "Kanalen losgemaakt door medewerker",
    reports: "Rapporten bekeken", opinions: "Meningen bekeken",
    faults: "Storingen bekeken", fault_confirm: "Storing bevestigd", fault_none: "Storing afgewezen",
    fault_change: "Storing gewijzigd", fault_end: "Storing beëindigd", kept: "Wachtende verzoeken bekeken",
    kept_try: "Verzoek opnieuw geprobeerd", kept_by_hand: "Verzoek zelf gedaan",
    access_log: "Inzage bekeken", access_log_file: "Inzage gedownload",
    staff_add: "Medewerker toegevoegd", staff_change: "Medewerker gewijzigd",
    staff_password: "Nieuw wachtwoord gemaakt", staff_second_factor: "Tweede stap teruggezet",
    identity_code_asked: "Code gevraagd", identity_code_sent: "Code verstuurd",
    identity_code_not_sent: "Geen code: gegevens kloppen niet", identity_code_no_detail: "Geen code: geen mobiel nummer bekend",
    identity_code_limited: "Geen code: te vaak of afgemeld", identity_code_refused: "Code niet aangenomen door de provider",
    identity_code_not_wanted: "Code vervallen", identity_code_wrong: "Code klopt niet",
    identity_claim_wrong: "Gegevens kloppen niet", identity_not_checked: "Niet gecontroleerd: te vaak of voor een ander",
    identity_given_claimed: "Herkend", identity_given_verified: "Geverifieerd", identity_joined: "Kanalen samengevoegd",
    identity_portal_link: "Link naar het portaal", identity_ended: "Herkenning beëindigd",
    identity_code_office_down: "Geen code: het systeem was niet bereikbaar",
    identity_number_changed: "Nummer gewijzigd: opnieuw herkennen", identity_portal_not_mine: "Inlog niet voor dit gesprek",
    identity_portal_logged_in: "Ingelogd via het portaal", identity_parted: "Kanalen losgemaakt",
    ...cardLooks,
  } as Record<string, string>,
};

const REPORTS: Record<string, string> = {
  channels: "kanalen", topics: "onderwerpen", days: "dagen", hours: "uren", handled: "wie hielp", reasons: "redenen",
  waits: "wachttijd", service: "servicetijden", opinions: "meningen", reopened: "terug binnen zeven dagen",
};

/** What somebody did, in words. What was typed or asked for stands behind the kind. */
export function lookWords(what: string): string {
  const [kind = "", ...rest] = what.split(" ");
  if (kind === "search") return looks.searched(rest.join(" "));
  if (kind === "report_file") return looks.downloaded(REPORTS[rest.join(" ")] ?? rest.join(" "));
  return looks.kinds[what] ?? looks.unknownKind;
}
