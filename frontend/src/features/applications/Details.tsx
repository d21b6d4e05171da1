import type { ReactNode } from "react";
import type { ApplicationDetail } from "@/api/types";
import { en } from "@/i18n/en";
import { exact } from "@/lib/dates";
import { EditableField } from "./EditableField";
import classes from "./Details.module.css";

/** Every field Jobtrail read, to be corrected where it stands. */
export function Details({ application: a }: { application: ApplicationDetail }) {
  const source = a.source ? en.applications.source[a.source] : "";
  const edit = (field: "company_name" | "job_title" | "location" | "salary_text" | "job_url") => (
    <EditableField applicationId={a.id} field={field} value={a[field]} />
  );
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        <Fact label={en.story.fields.company_name}>{edit("company_name")}</Fact>
        <Fact label={en.story.fields.job_title}>{edit("job_title")}</Fact>
        <Fact label={en.story.fields.position_level}>{a.position_level}</Fact>
        <Fact label={en.story.fields.location}>{edit("location")}</Fact>
        <Fact label={en.story.fields.salary_text}>{edit("salary_text")}</Fact>
        <Fact label={en.story.fields.source}>{source}</Fact>
        <Fact label={en.story.fields.job_url}>{edit("job_url")}</Fact>
        <Fact label={en.story.fields.requisition_id}>{a.requisition_id}</Fact>
        <Fact label={en.story.firstSeen}>{a.received_date && exact(a.received_date)}</Fact>
      </dl>
      <h3 className={classes.heading}>{en.story.contacts}</h3>
      {a.contacts.length === 0 ? (
        <p className={classes.nothing}>{en.story.noContacts}</p>
      ) : (
        <ul>
          {a.contacts.map((person, i) => (
            <li key={person.email ?? i} className={classes.person}>
              <span className={classes.name}>{person.name || person.email}</span>
              {person.role && <span className={classes.mild}>{person.role}</span>}
              {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children || <span className={classes.nothing}>{en.story.notStated}</span>}</dd>
    </div>
  );
}
