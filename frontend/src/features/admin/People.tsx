import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { usersQuery } from "@/api/admin/users";
import type { Account } from "@/api/types";
import { Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { NewPassword } from "./NewPassword";
import { NewPerson } from "./NewPerson";
import { PersonRow } from "./PersonRow";
import classes from "./People.module.css";

/** Who has an account here, for administrators. */
export function People({ myId, registration, google }: { myId: number; registration: "open" | "closed"; google: boolean }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(usersQuery);
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<Account | null>(null);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className={classes.lead}>{en.people.lead}</p>
      <ul className={classes.list} aria-label={en.people.title}>
        {data?.pages
          .flatMap((page) => page.items)
          .map((account) => (
            <PersonRow
              key={account.id}
              account={account}
              isMe={account.id === myId}
              onReset={() => {
                setResetting(account);
              }}
            />
          ))}
      </ul>
      <div className={classes.foot}>
        <Button
          variant="default"
          leftSection={<UserPlus size={15} aria-hidden="true" />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {en.people.add}
        </Button>
        {hasNextPage && (
          <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {en.actions.more}
          </Button>
        )}
      </div>
      <p className={classes.registration}>{en.people.registration[registration]}</p>
      {adding && (
        <NewPerson
          google={google}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {resetting && (
        <NewPassword
          account={resetting}
          onClose={() => {
            setResetting(null);
          }}
        />
      )}
    </>
  );
}
