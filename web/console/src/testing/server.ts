type Answer = { status?: number; body?: unknown } | "no network";
type Handler = (body: Record<string, unknown>, url: URL) => Answer | Promise<Answer>;

export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** Answers fetch by method and path, in memory, and remembers what was asked. */
export function installServer(routes: Record<string, Handler>): Call[] {
  const calls: Call[] = [];
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), "http://console.test");
    const method = init?.method ?? "GET";
    const path = url.pathname.replace("/console/api", "");
    const body = JSON.parse(String(init?.body ?? "{}")) as Record<string, unknown>;
    calls.push({ method, path, body });
    const handler = routes[`${method} ${path}`];
    if (handler === undefined) throw new Error(`no route for ${method} ${path}`);
    const answer = await handler(body, url);
    if (answer === "no network") throw new TypeError("no network");
    const status = answer.status ?? 200;
    return new Response(status === 204 ? null : JSON.stringify(answer.body ?? {}), { status });
  };
  return calls;
}
