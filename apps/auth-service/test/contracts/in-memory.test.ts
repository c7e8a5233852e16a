import { createInMemoryJournal } from '../fakes/in-memory-journal.ts';
import { createInMemoryLoginAttempts } from '../fakes/in-memory-login-attempts.ts';
import { createInMemoryMachineClients } from '../fakes/in-memory-machine-clients.ts';
import { createInMemorySessions } from '../fakes/in-memory-sessions.ts';
import { createInMemoryUsers } from '../fakes/in-memory-users.ts';
import { loginAttemptsContract } from './login-attempts.contract.ts';
import { machineClientsContract } from './machine-clients.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import { usersContract } from './users.contract.ts';

usersContract(createInMemoryUsers);
machineClientsContract(createInMemoryMachineClients);
loginAttemptsContract(createInMemoryLoginAttempts);
sessionsContract((limits) => {
  const journal = createInMemoryJournal();
  const users = createInMemoryUsers(journal);
  const sessions = createInMemorySessions(limits, users.get, journal);
  return { users, sessions, log: journal.log, trail: journal.trail };
});
