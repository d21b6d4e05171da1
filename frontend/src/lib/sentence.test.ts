import { expect, it } from "vitest";
import { splitSentence } from "./sentence";

it("takes the quote out of the sentence that carries it", () => {
  expect(splitSentence("Moved to Offer: \u2018We are happy.\u2019", "We are happy.")).toEqual({ said: "Moved to Offer", quote: "We are happy." });
});

it("keeps a sentence that says something else, with its quote beside it", () => {
  expect(splitSentence("Interview requested", "Shall we talk?")).toEqual({ said: "Interview requested", quote: "Shall we talk?" });
  expect(splitSentence("You added a note", null)).toEqual({ said: "You added a note", quote: null });
});

it("never leaves the line empty", () => {
  expect(splitSentence("'Shall we talk?'", "Shall we talk?")).toEqual({ said: "'Shall we talk?'", quote: null });
});
