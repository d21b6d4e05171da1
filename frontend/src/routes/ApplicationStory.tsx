import { type ComponentProps } from "react";
import { Story } from "@/features/applications/Story";
import { NextUp } from "@/features/replies/NextUp";

/** The story of an application, with what comes next for it. */
export function ApplicationStory(props: Omit<ComponentProps<typeof Story>, "next">) {
  return <Story {...props} next={(application, onShowMail) => <NextUp application={application} onShowMail={onShowMail} />} />;
}
