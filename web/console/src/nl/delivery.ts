// How far a message came on its way to a provider, and why it failed. Keys come from the server.

const STATES: Record<string, string> = {
  queued: "Wacht op versturen",
  sending: "Wordt verstuurd",
  held: "Wacht tot de huurder weer schrijft",
  sent: "Verstuurd",
  delivered: "Bezorgd",
  read: "Gelezen",
  failed: "Niet verstuurd",
  unknown: "Niet zeker of dit is verstuurd",
};

const NO_MESSAGES_WANTED = "De huurder wil hier geen berichten. Kies een ander kanaal.";
const WRONG_NUMBER = "Dit nummer klopt niet. Kies een ander kanaal.";
const NOT_A_MOBILE = "Dit nummer kan geen sms ontvangen. Kies een ander kanaal.";
const NOT_ON_WHATSAPP = "Dit nummer heeft geen WhatsApp. Kies een ander kanaal.";
const OUR_SETTINGS = "Ons kanaal is niet goed ingesteld. Meld dit bij de beheerder.";
const OUR_MESSAGE = "Dit bericht past niet bij het kanaal. Schrijf het anders.";
const TOO_BUSY = "Het was te druk. Stuur het later opnieuw.";
const UNREACHABLE = "De telefoon van de huurder was niet te bereiken.";

const REASONS: Record<string, string> = {
  opted_out: NO_MESSAGES_WANTED,
  blocked: "De huurder of de telefoonmaatschappij blokkeert ons. Kies een ander kanaal.",
  invalid_number: WRONG_NUMBER,
  unknown_number: WRONG_NUMBER,
  no_route: WRONG_NUMBER,
  country_not_allowed: "Naar dit land sturen wij geen berichten. Kies een ander kanaal.",
  not_a_mobile: NOT_A_MOBILE,
  not_on_whatsapp: NOT_ON_WHATSAPP,
  outside_window: "De huurder schreef langer dan 24 uur geleden. WhatsApp neemt het dan niet aan.",
  handset_unreachable: UNREACHABLE,
  expired: UNREACHABLE,
  filtered_by_carrier: "De telefoonmaatschappij hield dit bericht tegen. Schrijf het anders.",
  message_too_long: OUR_MESSAGE,
  empty_message: OUR_MESSAGE,
  invalid_content: OUR_MESSAGE,
  media_not_taken: OUR_MESSAGE,
  too_many_calls: TOO_BUSY,
  too_many_messages: TOO_BUSY,
  queue_full: TOO_BUSY,
  daily_limit: "Wij stuurden vandaag te veel berichten. Morgen kan het weer.",
  wrong_credentials: OUR_SETTINGS,
  unknown_resource: OUR_SETTINGS,
  sender_cannot_send: OUR_SETTINGS,
  callback_not_taken: OUR_SETTINGS,
  account_suspended: OUR_SETTINGS,
  channel_off: "Dit kanaal staat uit. Meld dit bij de beheerder.",
  provider_failed: "De dienst had een storing. Stuur het opnieuw.",
  unknown_error: "De dienst zegt niet waarom.",
  file_gone: "Het bestand is er niet meer. Voeg het opnieuw toe.",
  file_link_ended: "De link naar het bestand is verlopen. Stuur het bestand opnieuw.",
  file_not_here: "Op dit kanaal kunt u geen bestanden sturen.",
  looking: "Wij kijken na of het is aangekomen. Dat duurt een paar minuten.",
  not_found: "De dienst kent dit bericht niet. U kunt het opnieuw sturen.",
  not_checked: "De dienst was niet te bereiken. Misschien kwam het aan.",
  in_doubt: "Misschien kwam het aan. Vraag dat eerst, voor u het opnieuw stuurt.",
};

export const delivery = {
  state: (state: string): string => STATES[state] ?? "Onderweg",
  reason: (reason: string, state: string): string =>
    REASONS[reason] ?? (state === "failed" ? "De dienst nam dit bericht niet aan." : ""),
  resend: "Opnieuw sturen",
  resending: "Wordt opnieuw verstuurd…",
  takeFirst: "Neem het gesprek over om het opnieuw te sturen.",
};
