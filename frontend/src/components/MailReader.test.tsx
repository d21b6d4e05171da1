import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { emailQuery } from "@/api/emails/one";
import type { EmailDetail } from "@/api/types";
import { MailReader } from "./MailReader";

const TEXT = "Hi 🎉 Robin,\n\nwe would like to meet you. <b>Not markup</b>\n\n> Dear team,\n> here I am.";
const QUOTE = "we would like to meet you.";
const start = [...TEXT.slice(0, TEXT.indexOf(QUOTE))].length;

const mail: EmailDetail = {
  id: 7, provider_message_id: "m7", mail_account_id: 1, rfc822_message_id: "<7@a.example>", thread_id: "t", direction: "in", subject: "An invitation",
  sender_name: "Dana Whitlock", sender_email: "dana@northwind.example", received_at: "2026-06-10T09:00:00Z", snippet: "", labels: [], is_deleted: false,
  email_class: "INTERVIEW_REQUEST", confidence: 0.9, classified_by: "rules", needs_review: false, application_id: 1, link_method: "exact", link_score: 1,
  text: TEXT, text_is_cut: false, reader_html: null, sources: [], html_available: false, trackers_blocked: 0, recipients: [], attachments: [],
  verdict: {
    entities: {}, runner_ups: [], reasoning: [], unsure: false, needs_review: false, review_reason: null, classified_by: "rules", pipeline_version: "1", action_items: [],
    evidence: [{ quote: QUOTE, field: "text", start, end: start + QUOTE.length, label: "invite_talk" }],
  },
};

it("lights the deciding sentence, folds the history and shows markup as text", async () => {
  const client = new QueryClient();
  client.setQueryData(emailQuery(7).queryKey, mail);
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MailReader id={7} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(screen.getByText(QUOTE).tagName).toBe("MARK");
  expect(screen.getByText(/<b>Not markup<\/b>/)).toBeTruthy();
  expect(screen.queryByText(/here I am/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Show 2 quoted lines" }));
  expect(screen.getByText(/here I am/)).toBeTruthy();
});
