// Sending an answer by another channel of the same tenant, and why.

import { inSentence } from "./person";

export const sendBy = {
  label: "Versturen via",
  here: (channel: string): string => `${channel} (dit gesprek)`,
  waits: (channel: string): string => `${channel} (wacht tot de huurder weer schrijft)`,
  why: (channel: string): string => `Waarom via ${inSentence(channel)}?`,
  chooseWhy: "Kies een reden",
  ownLabel: "Uw reden",
  ownHolder: "Schrijf kort waarom",
  whyHint: "Collega’s lezen de reden in beide gesprekken. De huurder niet.",
  send: (channel: string): string => `Stuur via ${inSentence(channel)}`,
  closed: (channel: string): string => `Vrij antwoorden via ${inSentence(channel)} kan niet meer.`,
  gone: "Dat kanaal kan nu niet. Kies een ander kanaal.",
  failed: "Uw antwoord is niet verstuurd. De tekst staat er nog. Probeer het opnieuw.",
  /** Kept in the notes as they stand here. */
  reasons: {
    asked: "de huurder vraagt hierom",
    silent: "de huurder reageert niet op dit kanaal",
    failed: "een bericht kwam niet aan",
    closed: "vrij antwoorden kan niet meer",
    urgent: "de huurder moet dit snel lezen",
  } satisfies Record<string, string>,
  own: "Een andere reden",
};
