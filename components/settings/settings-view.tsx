'use client';

import { AlertTargetsSection } from '#components/alerts/alert-targets-section.tsx';
import { BudgetsSection } from '#components/budgets/budgets-section.tsx';
import { HoldsSection } from '#components/budgets/holds-section.tsx';
import { SignOutButton } from '#components/shell/sign-out-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Section } from '#components/ui/section.tsx';
import { InstallationSection } from './installation-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { PricesSection } from './prices-section.tsx';
import { ProjectSection } from './project-section.tsx';
import { SettingsContents } from './settings-contents.tsx';

/** Budgets, alerts, keys, password, retention and time zone, and what this installation is. */
export function SettingsView() {
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <div className="flex flex-col gap-2">
        <PageHeader title="Settings" />
        <SettingsContents />
      </div>
      <BudgetsSection />
      <HoldsSection />
      <AlertTargetsSection />
      <KeysSection />
      <PasswordSection />
      <PricesSection />
      <ProjectSection />
      <InstallationSection />
      <Section title="Sign out" note="Ends this browser's sign-in. Agents with a key are not affected.">
        <div>
          <SignOutButton tone="plain" size="regular" />
        </div>
      </Section>
    </div>
  );
}
