import { expect, it } from "vitest";
import { countNews } from "./News";
import { parsePeople, peopleText } from "./people";

it("reads people as they are written, line by line", () => {
  const people = [{ name: "Mara Sample", email: "mara@larkspur.example" }, { name: "Dr. Jo", email: null }];
  expect(parsePeople(peopleText(people))).toEqual(people);
  expect(parsePeople(" \n<a@b.example>\n")).toEqual([{ name: "a@b.example", email: "a@b.example" }]);
});

it("counts news, the weightiest first", () => {
  const one = { application_id: 1, company_name: null, job_title: null, stage: "applied", at: "2026-03-02T09:00:00Z" };
  expect(countNews([{ ...one, what: "rejected" }, { ...one, what: "rejected" }, { ...one, what: "interview" }])).toBe("1 interview, 2 rejections");
});
