// Which orchestrator a hand-over's settings mean.
import type { HandOver } from '../generated/types.js';
import { airflow } from './airflow.js';
import { githubDispatch } from './github-dispatch.js';
import { githubWorkflow } from './github-workflow.js';
import { gitlab } from './gitlab.js';
import type { HandOverRequest } from './hand-over.js';
import { kubeflow } from './kubeflow.js';
import type { Orchestrator } from './orchestrator.js';
import { prefect } from './prefect.js';

/** The orchestrator over the network; undefined for print and command, and where its settings are missing. */
export function orchestratorOf(target: HandOver, request: HandOverRequest): Orchestrator | undefined {
  const parameters = target.parameters ?? {};
  switch (target.to) {
    case 'print':
    case 'command':
      return undefined;
    case 'airflow':
      return target.airflow && airflow(target.airflow, request, parameters);
    case 'prefect':
      return target.prefect && prefect(target.prefect, request, parameters);
    case 'kubeflow':
      return target.kubeflow && kubeflow(target.kubeflow, request, parameters);
    case 'github-workflow':
      return target.github_workflow && githubWorkflow(target.github_workflow, request, parameters);
    case 'github-dispatch':
      return target.github_dispatch && githubDispatch(target.github_dispatch, request, parameters);
    case 'gitlab':
      return target.gitlab && gitlab(target.gitlab, request, parameters);
  }
}
