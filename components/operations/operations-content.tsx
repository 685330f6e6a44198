'use client';

import { Section } from '#components/ui/section.tsx';
import type { OperationsReport } from '#lib/operations/operations-report.ts';
import { AgentsTable } from './agents-table.tsx';
import { ClassesTable } from './classes-table.tsx';
import { OperationsAnswer } from './operations-answer.tsx';
import { PrunesTable } from './prunes-table.tsx';
import { SlowTable } from './slow-table.tsx';
import { ToolsTable } from './tools-table.tsx';

/** The answer, then who is alive, then the evidence. */
export function OperationsContent({ report }: { readonly report: OperationsReport }) {
  const { agents, classes, tools, prunes, pricedBy, slow } = report;
  return (
    <div className="flex flex-col gap-8">
      <OperationsAnswer report={report} />
      <Section
        title="Agents"
        note="Share of five-minute slots with a heartbeat, since an agent's first. The strip is the last 24 hours."
      >
        {agents.length === 0 ? (
          <p className="text-muted">No heartbeat in the last 30 days.</p>
        ) : (
          <AgentsTable agents={agents} />
        )}
      </Section>
      <Section title="Answers against their targets" note="Model calls by the size of their context.">
        <ClassesTable classes={classes} />
      </Section>
      <Section
        title="Cut out of sessions"
        note={
          pricedBy === null
            ? 'By rule. What it saved is unknown: no model of this range has a price.'
            : `By rule. Worth what the tokens cost once, as fresh input of ${pricedBy}; each later call would have sent them again.`
        }
      >
        {prunes.length === 0 ? (
          <p className="text-muted">Nothing was cut in this range.</p>
        ) : (
          <PrunesTable prunes={prunes} />
        )}
      </Section>
      <Section
        title="Tools"
        note="Half of a tool's calls are faster than p50, one in twenty is slower than p95."
      >
        {tools.length === 0 ? (
          <p className="text-muted">No tool was called in this range.</p>
        ) : (
          <ToolsTable tools={tools} />
        )}
      </Section>
      <Section title="Slow operations" note="Longer than 5 s, the slowest first.">
        {slow.length === 0 ? (
          <p className="text-muted">Nothing took longer than 5 s.</p>
        ) : (
          <SlowTable slow={slow} />
        )}
      </Section>
    </div>
  );
}
