// Who acts in what is measured, and when: an environment without the settings of whoever runs it.

/** The environment of one person at one moment. */
export function as(person: 'ada' | 'grace', at: string): NodeJS.ProcessEnv {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  return {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${person}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${person}@example.com`,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_DATE: at,
  };
}

/** The moment at which the registries of records are looked at. */
export const clock = '2027-06-01T09:00:00Z';
