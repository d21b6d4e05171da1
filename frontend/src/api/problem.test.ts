import { describe, expect, it } from "vitest";
import { Problem, problemFrom, sentenceOf } from "./problem";

const answer = (status: number, body: unknown, type = "application/problem+json") =>
  problemFrom(new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "content-type": type } }));

describe("what the API's no sounds like", () => {
  it("is its title and detail as sentences", async () => {
    const problem = await answer(409, { title: "A sync is running already", detail: "It began at 14:02.", code: "run.already_active", params: { job_id: "a1" } });
    expect(problem.sentence).toBe("A sync is running already. It began at 14:02.");
    expect(problem.params.job_id).toBe("a1");
  });

  it("names the field's fault, and says nothing twice", async () => {
    const problem = await answer(422, { title: "This can't be read", detail: "This can't be read.", errors: [{ msg: "Use at least 10 characters" }] });
    expect(problem.sentence).toBe("This can't be read. Use at least 10 characters.");
  });

  it("is never a code alone", async () => {
    for (const problem of [await answer(500, { code: "internal" }), await answer(502, "<html>", "text/html"), await answer(400, "{broken")]) {
      expect(problem.sentence).toMatch(/Your data is unchanged\.$/);
    }
  });

  it("tells apart a server that says no and one that can't be reached", () => {
    expect(sentenceOf(new Problem(400, { title: "No" }))).toBe("No.");
    expect(sentenceOf(new TypeError("network"))).toMatch(/can't be reached/);
  });
});
