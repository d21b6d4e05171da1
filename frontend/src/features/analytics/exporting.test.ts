import { describe, expect, it } from "vitest";
import { toCsv } from "./exporting";
import { dayAfter, listOf } from "./words";

describe("a figure's table as a file", () => {
  it("quotes what must be quoted and defuses formulas", () => {
    expect(toCsv(["Company", "n"], [['Finch, "Barrow"', 3], ["=1+1", null], ["-5", -5]])).toBe(
      'Company,n\r\n"Finch, ""Barrow""",3\r\n\'=1+1,\r\n\'-5,-5\r\n',
    );
  });
});

describe("the list behind a bar", () => {
  it("carries what the figure is narrowed to; its last day is included", () => {
    const address = listOf({ from: "2026-01-31", to: "2026-02-28", source: "linkedin" }, [{ key: "reached", value: "offer" }]);
    expect(decodeURIComponent(address)).toBe("/applications?q=reached:offer source:linkedin after:2026-01-31 before:2026-03-01");
  });
  it("keeps what the bar itself says", () => {
    expect(decodeURIComponent(listOf({ source: "linkedin" }, [{ key: "source", value: "board" }]))).toBe("/applications?q=source:board");
    expect(dayAfter("2026-12-31")).toBe("2027-01-01");
  });
});
