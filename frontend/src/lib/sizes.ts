import { en } from "@/i18n/en";

/** "8 kB", "1.4 MB", "300 MB", "2.1 GB": a number of bytes, short. */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1000;
  if (kilobytes < 1000) return en.sizes.kilobytes(Math.max(bytes > 0 ? 1 : 0, Math.round(kilobytes)).toString());
  const megabytes = kilobytes / 1000;
  if (megabytes < 1000) return en.sizes.megabytes(megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes).toString());
  return en.sizes.gigabytes((megabytes / 1000).toFixed(1));
}
