import { API_BASE, call } from "./client";

export interface ReportLine {
  key: string;
  label: string;
  now: number | null;
  before: number | null;
}

export interface ReportTable {
  name: string;
  title: string;
  counts: string;
  lines: ReportLine[];
}

/** Days are those of Amsterdam, the last one included. */
export interface Reports {
  first: string;
  last: string;
  before_first: string;
  before_last: string;
  total: number;
  total_before: number;
  tables: ReportTable[];
}

export interface Wallboard {
  at: string;
  queues: { queue: string; label: string; waiting: number; longest_since: string | null }[];
  held: number;
  offered: number;
  people: { name: string; status: string; held: number; capacity: number | null }[];
  met_today: number;
  missed_today: number;
  urgent: { label: string; count: number }[];
  promises_late: number;
  promises_soon: number;
  kept_waiting: number;
  kept_given_up: number;
  trend: { at: string; opened: number; asked: number }[];
}

/** `days` up to today, or both ends. */
export type AskedPeriod = { days: number } | { first: string; last: string };

function query(period: AskedPeriod): string {
  const entries = Object.entries(period).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(entries).toString();
}

export const reportsApi = {
  read: (period: AskedPeriod) => call<Reports>("GET", `/reports?${query(period)}`),
  wallboard: () => call<Wallboard>("GET", "/reports/wallboard"),
  fileAddress: (name: string, period: AskedPeriod) =>
    `${API_BASE}/reports/files/${encodeURIComponent(name)}?${query(period)}`,
};
