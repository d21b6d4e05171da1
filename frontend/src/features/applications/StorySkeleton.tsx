import { Skeleton } from "@mantine/core";
import classes from "./Story.module.css";

/** The place of a story while the part of the page that draws it is on its way. */
export function StorySkeleton({ full }: { full: boolean }) {
  return (
    <div className={classes.scroller} data-full={full || undefined}>
      <div className={classes.column}>
        <div className={classes.tools} />
        <StoryLines />
      </div>
    </div>
  );
}

/** Where head and lines of a story will stand. */
export function StoryLines() {
  return (
    <div aria-busy="true">
      <div className={classes.head}>
        <Skeleton width="2.75rem" height="2.75rem" radius={10} />
        <div className={classes.names}>
          <Skeleton width="12rem" height="1.125rem" />
          <Skeleton width="16rem" height="0.8125rem" mt="0.5rem" />
          <Skeleton width="10rem" height="0.75rem" mt="0.5rem" />
        </div>
        <Skeleton width="6rem" height="1.75rem" />
      </div>
      <Skeleton height="2.25rem" mt="1.5rem" />
      {[0, 1, 2, 3].map((i) => (
        <Skeleton key={i} height="2.5rem" mt="1rem" />
      ))}
    </div>
  );
}
