import { en } from "@/i18n/en";

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  params?: Record<string, unknown>;
  request_id?: string;
  errors?: { loc?: (string | number)[]; msg?: string }[];
}

/** An answer of the API that says no (RFC 9457 problem+json). `sentence` is fit to show; `code` never is, alone. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly requestId: string | undefined;
  readonly sentence: string;

  constructor(status: number, body: ProblemBody) {
    const sentence = toSentence(body) || en.errors.status(status);
    super(sentence);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? "";
    this.params = body.params ?? {};
    this.requestId = body.request_id;
    this.sentence = sentence;
  }
}

function toSentence(body: ProblemBody): string {
  const first = body.errors?.[0];
  const parts = [body.title, body.detail, first?.msg && first.msg !== body.detail ? first.msg : undefined];
  const said: string[] = [];
  for (const part of parts) {
    const text = part?.trim();
    if (text && !said.some((s) => s.includes(text))) said.push(/[.!?]$/.test(text) ? text : `${text}.`);
  }
  return said.join(" ");
}

/** What to tell the person about any failure: the API's own sentence, or that the server can't be reached. */
export function sentenceOf(error: unknown): string {
  return error instanceof Problem ? error.sentence : en.errors.unreachable;
}

export async function problemFrom(response: Response): Promise<Problem> {
  let body: ProblemBody = {};
  if (response.headers.get("content-type")?.includes("json")) {
    try {
      body = (await response.json()) as ProblemBody;
    } catch {
      body = {};
    }
  }
  return new Problem(response.status, body);
}
