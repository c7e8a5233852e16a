import { createInMemoryLoginAttempts } from '../fakes/in-memory-login-attempts.ts';
import { createInMemoryMachineClients } from '../fakes/in-memory-machine-clients.ts';
import { createInMemoryUsers } from '../fakes/in-memory-users.ts';
import { loginAttemptsContract } from './login-attempts.contract.ts';
import { machineClientsContract } from './machine-clients.contract.ts';
import { usersContract } from './users.contract.ts';

usersContract(createInMemoryUsers);
machineClientsContract(createInMemoryMachineClients);
loginAttemptsContract(createInMemoryLoginAttempts);
