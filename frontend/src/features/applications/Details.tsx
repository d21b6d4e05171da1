import type { ReactNode } from "react";
import type { ApplicationDetail } from "@/api/types";
import { en } from "@/i18n/en";
import { exact } from "@/lib/dates";
import { Decisions } from "./Decisions";
import { EditableField, type Field } from "./EditableField";
import { People } from "./People";
import { SourceSelect } from "./SourceSelect";
import classes from "./Details.module.css";

/** Every field Jobtrail read, to be corrected where it stands. */
export function Details({ application: a }: { application: ApplicationDetail }) {
  const edit = (field: Field) => (
    <EditableField applicationId={a.id} field={field} value={a[field]} />
  );
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        <Fact label={en.story.fields.company_name}>{edit("company_name")}</Fact>
        <Fact label={en.story.fields.job_title}>{edit("job_title")}</Fact>
        <Fact label={en.story.fields.position_level}>{edit("position_level")}</Fact>
        <Fact label={en.story.fields.location}>{edit("location")}</Fact>
        <Fact label={en.story.fields.salary_text}>{edit("salary_text")}</Fact>
        <Fact label={en.story.fields.source}>
          <SourceSelect application={a} />
        </Fact>
        <Fact label={en.story.fields.job_url}>{edit("job_url")}</Fact>
        <Fact label={en.story.fields.requisition_id}>{edit("requisition_id")}</Fact>
        <Fact label={en.story.firstSeen}>{a.received_date && exact(a.received_date)}</Fact>
      </dl>
      <People application={a} />
      <Decisions applicationId={a.id} />
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
