const KEY = "jobtrail.connecting";

/** Remembered over the trip to Google's consent page, so that the first sync starts on return. */
export function rememberConnecting(): void {
  sessionStorage.setItem(KEY, "gmail");
}

export function takeConnecting(): boolean {
  const was = sessionStorage.getItem(KEY) !== null;
  sessionStorage.removeItem(KEY);
  return was;
}
