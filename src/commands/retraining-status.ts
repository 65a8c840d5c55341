// mlc retrain --status: the retraining requests of a model, and what became of them.
import { retrainingView } from '../views/retraining.js';
import type { Answer, Session } from './command.js';
import { readWatched } from './watching.js';

/** The requests of a model, newest first. */
export async function requestsAnswer(session: Session, model: string): Promise<Answer> {
  const { commit, models, problems } = await readWatched(session, model);
  const requests = models.flatMap((watched) => watched.requests).reverse();
  return {
    json: { commit, model, requests },
    view: (style) => retrainingView(requests, style),
    problems,
  };
}
