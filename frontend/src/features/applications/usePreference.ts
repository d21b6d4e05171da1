import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { settingsQuery, useSetPreference } from "@/api/auth/preferences";
import { useStored } from "@/lib/stored";

/** A choice kept with the account. What this browser last knew is shown until the account's own is there. */
export function usePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const { data } = useQuery(settingsQuery);
  const set = useSetPreference();
  const [remembered, remember] = useStored<T>(name, initial);
  const told = data?.preferences[name] as T | undefined;
  const differs = told !== undefined && JSON.stringify(told) !== JSON.stringify(remembered);
  useEffect(() => {
    if (differs && told !== undefined) remember(told);
  });
  return [
    told ?? remembered,
    (value) => {
      remember(value);
      set.mutate({ name, value });
    },
  ];
}
