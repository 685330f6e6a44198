type ChartTipProps = { readonly title: string; readonly lines: readonly string[] };

/** What a chart says of the point under the pointer. */
export function ChartTip({ title, lines }: ChartTipProps) {
  return (
    <div className="rounded-md border border-hairline-strong bg-raised px-2.5 py-1.5 text-xs text-ink shadow-md">
      <div className="font-medium">{title}</div>
      {lines.map((line) => (
        <div key={line} className="text-muted">
          {line}
        </div>
      ))}
    </div>
  );
}
