// SPDX-License-Identifier: GPL-3.0-or-later
// Tells ThreadSanitizer that an event is posted before it is delivered, and that a thread ends
// before the wait for it does. The system's Qt is built without the sanitizer, which therefore does
// not see the queue of posted events and would report all that is handed over through it. Loaded
// before Qt, this library stands in front of the functions of it that post, deliver and wait.
// Itself it is built without the sanitizer.
#include <QDeadlineTimer>
#include <QThread>

#include <dlfcn.h>

// The sanitizer's own: what was released at an address happened before it is acquired there.
void acquire(void *address) __asm__("__tsan_acquire");
void release(void *address) __asm__("__tsan_release");

extern "C" {
// As Qt 6 names them for the linker.
bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *returned);
void _ZN7QObject11deleteLaterEv(QObject *object);
void _ZN11QMetaObject8activateEP7QObjectPKS_iPPv(QObject *sender, const QMetaObject *metaObject,
                                                 int signal, void **arguments);
bool _ZN7QObject5eventEP6QEvent(QObject *receiver, QEvent *event);
bool _ZN7QThread4waitE14QDeadlineTimer(QThread *thread, QDeadlineTimer deadline);
}

namespace {

/** The function of Qt that \a standIn hides. */
template<typename Function>
Function *original(Function * /*standIn*/, const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

// An emitted signal does not say who will get it, so one place stands for all.
char anySignal;

/** What this thread did up to now comes before the end of a wait for it. */
void noteWork()
{
    release(QThread::currentThread());
}

/** Calls a functor after what its caller did, and destroys it after both. */
class OrderedSlot final : public QtPrivate::QSlotObjectBase
{
public:
    explicit OrderedSlot(QSlotObjectBase *functor) : QSlotObjectBase(&run), m_functor(functor)
    {
        release(m_functor);
    }

private:
    static void run(int which, QSlotObjectBase *self, QObject *receiver, void **arguments,
                    bool *isEqual)
    {
        auto *const ordered = static_cast<OrderedSlot *>(self);
        acquire(ordered->m_functor);
        if (which == Destroy) {
            ordered->m_functor->destroyIfLastRef();
            delete ordered;
        } else if (which == Call) {
            ordered->m_functor->call(receiver, arguments);
            release(ordered->m_functor);
            noteWork();
        } else {
            *isEqual = ordered->m_functor->compare(arguments);
        }
    }

    QSlotObjectBase *const m_functor;
};

} // namespace

#define SLUICE_ORIGINAL(name) static auto *const qt = original(&name, #name)

bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *returned)
{
    SLUICE_ORIGINAL(
        _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv);
    return qt(receiver, new OrderedSlot(slot), type, returned);
}

void _ZN7QObject11deleteLaterEv(QObject *object)
{
    SLUICE_ORIGINAL(_ZN7QObject11deleteLaterEv);
    release(object);
    qt(object);
}

void _ZN11QMetaObject8activateEP7QObjectPKS_iPPv(QObject *sender, const QMetaObject *metaObject,
                                                 int signal, void **arguments)
{
    SLUICE_ORIGINAL(_ZN11QMetaObject8activateEP7QObjectPKS_iPPv);
    release(&anySignal);
    qt(sender, metaObject, signal, arguments);
    noteWork();
}

bool _ZN7QObject5eventEP6QEvent(QObject *receiver, QEvent *event)
{
    SLUICE_ORIGINAL(_ZN7QObject5eventEP6QEvent);
    acquire(receiver);
    acquire(&anySignal);
    const bool isHandled = qt(receiver, event);
    noteWork();
    return isHandled;
}

bool _ZN7QThread4waitE14QDeadlineTimer(QThread *thread, QDeadlineTimer deadline)
{
    SLUICE_ORIGINAL(_ZN7QThread4waitE14QDeadlineTimer);
    const bool hasEnded = qt(thread, deadline);
    if (hasEnded)
        acquire(thread);
    return hasEnded;
}

#undef SLUICE_ORIGINAL
