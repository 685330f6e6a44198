import { loginCredential } from '#lib/settings/login-credential.ts';
import { newKey } from '#lib/settings/new-key.ts';
import { newPassword } from '#lib/settings/new-password.ts';
import { settingsPatch } from '#lib/settings/project-settings.ts';
import { keysAnswer, loginAnswer, newKeyAnswer, settingsAnswer } from './account-answer.ts';
import { bodyProblems } from './body-problems.ts';
import type { Operation } from './operation.ts';
import { projectsAnswer, shownProject } from './projects-contract.ts';

/** Sign-in, keys, projects and settings. */
export const accountOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/projects',
    summary: 'The projects that may be looked at: of a signed-in browser all, of a key its own.',
    scope: 'read',
    answers: { 200: projectsAnswer },
  },
  {
    method: 'put',
    path: '/api/projects/shown',
    summary: 'Turn this browser to another project. A key opens its own only.',
    scope: 'read',
    body: shownProject,
    answers: { 204: null },
    problems: [...bodyProblems, 'not_found', 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/login',
    summary: 'What the login page may offer.',
    scope: null,
    answers: { 200: loginAnswer },
  },
  {
    method: 'post',
    path: '/api/login',
    summary: 'Sign a browser in: sets the session cookie.',
    scope: null,
    body: loginCredential,
    answers: { 204: null },
    problems: [...bodyProblems, 'unauthenticated', 'cross_site', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/api/logout',
    summary: 'End the session of this browser.',
    scope: null,
    answers: { 204: null },
    problems: ['cross_site'],
  },
  {
    method: 'get',
    path: '/api/keys',
    summary: 'All keys, the newest first, revoked ones too.',
    scope: 'admin',
    answers: { 200: keysAnswer },
  },
  {
    method: 'post',
    path: '/api/keys',
    summary: 'Make a key. The answer is the only time its secret is shown.',
    scope: 'admin',
    body: newKey,
    answers: { 201: newKeyAnswer },
    problems: [...bodyProblems, 'cross_site'],
  },
  {
    method: 'delete',
    path: '/api/keys/{id}',
    summary: 'Revoke a key: at once in this process, within five seconds in others.',
    scope: 'admin',
    answers: { 204: null },
    problems: ['not_found', 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/settings',
    summary: 'What is set, and what this installation is and holds.',
    scope: 'admin',
    answers: { 200: settingsAnswer },
  },
  {
    method: 'patch',
    path: '/api/settings',
    summary: 'Change the named settings.',
    scope: 'admin',
    body: settingsPatch,
    answers: { 200: settingsAnswer },
    problems: [...bodyProblems, 'cross_site'],
  },
  {
    method: 'put',
    path: '/api/settings/password',
    summary: 'Set the sign-in password. All other browsers are signed out.',
    scope: 'admin',
    body: newPassword,
    answers: { 204: null },
    problems: [...bodyProblems, 'cross_site', 'conflict', 'rate_limited'],
  },
];
