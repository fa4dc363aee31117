/** What this package asks of the machine apart from sockets. Its one exempt file. */

/**
 * Whether all sockets of a thread may read into one buffer. On Windows a read is handed its buffer
 * before bytes come, so two sockets would write into each other's; elsewhere it is filled and delivered
 * in one go.
 */
export const SHARES_READ_BUFFER: boolean = process.platform !== 'win32'
