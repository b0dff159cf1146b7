/* Counts the instructions that a program executes under qemu-user: a plugin of QEMU's TCG (plugin API 1).
 *
 * The counter lies in a file that QEMU and the program both map, so that the program can read its own count while it
 * runs; a profiler takes it for its clock. Without a file the count goes to standard error when the program ends.
 *
 *   gcc -O2 -fPIC -shared -o insn.so insn.c
 *   qemu-aarch64 -plugin ./insn.so,counter=FILE PROGRAM
 *
 * Debian ships no qemu-plugin.h, hence the declarations. Exact for one thread: additions of several are not atomic.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t plugin_id;
struct qemu_plugin_tb;
enum { ADD_U64 = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int operation, void *number, uint64_t by);
void qemu_plugin_register_atexit_cb(plugin_id, void (*)(plugin_id, void *), void *);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);

EXPORT int qemu_plugin_version = 1;

static uint64_t own;
static uint64_t *counter = &own;

/* A block of code is counted when it is entered: as a whole, so the count is exact at every call into the system. */
static void translated(plugin_id id, struct qemu_plugin_tb *block)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(block, ADD_U64, counter, qemu_plugin_tb_n_insns(block));
}

static void ended(plugin_id id, void *unused)
{
    (void)id, (void)unused;
    if (counter == &own)
        fprintf(stderr, "instructions: %" PRIu64 "\n", own);
}

static int map(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT, 0644);
    if (file < 0 || ftruncate(file, sizeof own) != 0)
        return -1;
    counter = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return counter == MAP_FAILED ? -1 : 0;
}

EXPORT int qemu_plugin_install(plugin_id id, const void *info, int count, char **arguments)
{
    static const char option[] = "counter=";
    (void)info;
    for (int k = 0; k < count; k++)
        if (strncmp(arguments[k], option, sizeof option - 1) != 0 || map(arguments[k] + sizeof option - 1) != 0) {
            fprintf(stderr, "insn: cannot use '%s'; give counter=FILE\n", arguments[k]);
            return -1;
        }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
