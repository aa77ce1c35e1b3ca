/** After logging in, go back to where the login ended; never to another site. */
export function safeReturn(value: unknown): string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : "/";
}
