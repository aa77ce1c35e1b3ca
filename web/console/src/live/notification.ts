export type NotificationState = NotificationPermission | "unsupported";

export function notificationState(): NotificationState {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Only from a click: a page that asks by itself is refused for good. */
export async function askToNotify(): Promise<NotificationState> {
  if (notificationState() === "unsupported") return "unsupported";
  return Notification.requestPermission().catch(() => "denied" as const);
}

/** `title` names the kind of news and nothing else: a desktop is read by others too. */
export function notify(title: string, tag: string, open: () => void): void {
  if (notificationState() !== "granted") return;
  try {
    const shown = new Notification(title, { tag, silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open();
    };
  } catch {
    // Some phones only notify from a worker; there the sound and the title have to do.
  }
}
