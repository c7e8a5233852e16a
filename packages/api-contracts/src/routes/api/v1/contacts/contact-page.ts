import { Contact } from '@contact-sync/domain';
import { Type } from 'typebox';
import { NextCursor } from '../page.ts';

export const ContactPage = Type.Object({ items: Type.Array(Contact), nextCursor: NextCursor });
