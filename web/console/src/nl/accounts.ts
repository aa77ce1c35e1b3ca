// Words of the second step of logging in and of single sign-on.

export const accounts = {
  code: "Code uit uw app",
  codeHint: "U kunt ook een reservecode gebruiken.",
  codeMissing: "Vul de code in.",
  enrol: "Zet eerst een tweede stap aan. Scan dit met een authenticator-app.",
  picture: "QR-code voor uw authenticator-app. De sleutel staat er ook onder als tekst.",
  codeTitle: "Tweede stap",
  enrolTitle: "Tweede stap aanzetten",
  backupTitle: "Uw reservecodes",
  back: "Terug",
  secret: (secret: string): string => `Of typ deze sleutel over: ${secret}`,
  backup: "Bewaar deze reservecodes op papier. Elke code werkt één keer.",
  onward: "Ik heb de codes bewaard",
  sso: (label: string): string => (label === "" ? "Inloggen met uw werkaccount" : `Inloggen met ${label}`),
  failed: {
    sso_failed: "Inloggen met uw werkaccount lukte niet. Probeer het opnieuw.",
    sso_no_role: "Uw werkaccount heeft hier geen toegang. Vraag uw beheerder.",
    sso_unreachable: "Uw werkaccount is nu niet bereikbaar. Probeer het later opnieuw.",
  } as Record<string, string>,
};
