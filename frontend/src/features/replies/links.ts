import { en } from "@/i18n/en";

/** Only http(s) leaves the page: a mail may carry any link. */
export const webLink = (link: string | null): string | null => (link && /^https?:\/\//i.test(link) ? link : null);

/** What an interview is called: its title, else its round. */
export const nameOf = (interview: { title: string | null; round: string | null }): string =>
  interview.title ?? (interview.round ? `${en.plans.interview}, ${interview.round}` : en.plans.interview);

export const companyName = (one: { company_name: string | null }): string => one.company_name ?? en.applications.unknownCompany;
