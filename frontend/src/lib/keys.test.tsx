import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "@/i18n/en";
import { commandFor, commandsAtHand, SHORTCUTS, useKeys } from "./keys";

const press = (key: string, change = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...change });

describe("the table of keys", () => {
  it("gives no combination twice in one place and names every command", () => {
    for (const place of ["list", "board", "application", "review"]) {
      const combos = SHORTCUTS.filter((s) => s.group === place || s.group === "anywhere").map((s) => s.keys.join(" "));
      expect(new Set(combos).size).toBe(combos.length);
    }
    for (const { command } of SHORTCUTS) expect(en.keys[command]).toBeTruthy();
  });

  it("has no single key that begins a chord, so that a chord never waits", () => {
    const chords = new Set(SHORTCUTS.filter((s) => s.keys.length === 2).map((s) => s.keys[0]));
    expect(SHORTCUTS.filter((s) => s.keys.length === 1 && chords.has(s.keys[0]))).toEqual([]);
  });

  it("reads chords and Ctrl or Cmd", () => {
    expect(commandFor(press("a"), "g", false)).toBe("goApplications");
    expect(commandFor(press("a"), null, false)).toBeNull();
    expect(commandFor(press("K", { metaKey: true }), null, true)).toBe("palette");
    expect(commandFor(press("k", { ctrlKey: true }), null, false)).toBe("palette");
  });

  it("leaves the second key of a chord to the chord, also where that is not at hand", () => {
    expect(commandFor(press("s"), "g", false, (c) => c === "stage")).toBeNull();
    expect(commandFor(press("s"), null, false, (c) => c === "stage")).toBe("stage");
  });

  it("tells a shifted arrow from a plain one", () => {
    expect(commandFor(press("ArrowRight", { shiftKey: true }), null, false)).toBe("stageAfter");
    expect(commandFor(press("ArrowRight"), null, false)).toBe("cardRight");
  });

  it("means what is at hand where two places use the same key", () => {
    expect(commandFor(press("Enter"), null, false, (c) => c === "confirm")).toBe("confirm");
    expect(commandFor(press("Enter"), null, false, (c) => c === "open")).toBe("open");
  });

  it("stays silent while someone types", () => {
    expect(commandFor(press("j"), null, true)).toBeNull();
  });
});

function Page({ did }: { did: string[] }) {
  useKeys({ next: () => did.push("next"), open: () => did.push("open"), goMail: () => did.push("mail") });
  return (
    <>
      <input aria-label="box" />
      <button type="button">press</button>
    </>
  );
}

describe("keys on the page", () => {
  it("run their command, but not from a field, nor Enter from a button", () => {
    const did: string[] = [];
    render(<Page did={did} />);
    fireEvent.keyDown(document.body, { key: "j" });
    fireEvent.keyDown(screen.getByLabelText("box"), { key: "j" });
    fireEvent.keyDown(screen.getByText("press"), { key: "Enter" });
    fireEvent.keyDown(document.body, { key: "g" });
    fireEvent.keyDown(document.body, { key: "m" });
    fireEvent.keyDown(document.body, { key: "Enter" });
    expect(did).toEqual(["next", "mail", "open"]);
  });

  it("can be named, and called by name, while their part of the page is there", () => {
    const did: string[] = [];
    const { unmount } = render(<Page did={did} />);
    expect([...commandsAtHand().keys()]).toEqual(["next", "open", "goMail"]);
    commandsAtHand().get("goMail")?.();
    expect(did).toEqual(["mail"]);
    unmount();
    expect(commandsAtHand().size).toBe(0);
  });
});
