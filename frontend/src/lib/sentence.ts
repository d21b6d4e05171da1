/** A timeline sentence that ends in its quote, taken apart: what happened, and the words it was read from. */
export function splitSentence(sentence: string, quote: string | null | undefined): { said: string; quote: string | null } {
  if (!quote) return { said: sentence, quote: null };
  const at = sentence.indexOf(quote);
  if (at < 0) return { said: sentence, quote };
  const before = sentence.slice(0, at).replace(/[\s:,'"\u2018\u201c]+$/u, "");
  return before ? { said: before, quote } : { said: sentence, quote: null };
}
