// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Sluice {

/**
 * A request being edited: as it is now, and as its file had it when it was last read or saved. It
 * outlives its tab as long as it has unsaved edits or steps that can be undone.
 */
class RequestBuffer final : public QObject
{
    Q_OBJECT

public:
    /** An empty path for a request that is not saved anywhere yet. */
    explicit RequestBuffer(RequestInContext context) : m_context(std::move(context))
    {
        m_saved = m_context.request;
    }

    const QString &path() const { return m_context.path; }
    const QString &collectionPath() const { return m_context.collectionPath; }
    /** The request as edited, with all that it inherits. */
    const RequestInContext &context() const { return m_context; }
    const RequestSpec &spec() const { return m_context.request; }
    const RequestSpec &saved() const { return m_saved; }
    bool isDirty() const { return m_context.request != m_saved; }

    /** The file was renamed or moved. */
    void setPath(const QString &path);
    void setCollectionPath(const QString &root) { m_context.collectionPath = root; }
    /** What it inherits was read anew. */
    void setDefaults(std::vector<RequestDefaults> defaults);
    /** A person edited it; the views show it already. */
    void edit(RequestSpec spec);
    /** Replaces the edited request, e.g. for undo: views have to show it. */
    void present(const RequestSpec &spec);
    /** Shows an earlier state of it; name and place, which the tree changes, stay. */
    void goBackTo(RequestSpec spec);
    /** What the file holds now. */
    void setSaved(const RequestSpec &saved);
    /** There is no file any more: all of it counts as unsaved, until one is there again. */
    void setFileGone();
    /** The file can be read again: what it held before it was gone counts as saved. */
    void setFileBack();
    /** True when \a onDisk, which the file holds, differs in name and place only: takes these. */
    bool takeNameAndPlace(const RequestSpec &onDisk);
    /** Asks for a tab to show it, e.g. because a step in it is undone. */
    void reveal() { emit revealRequested(); }

signals:
    void presented();
    /** Anything of it changed. */
    void changed();
    void revealRequested();

private:
    RequestInContext m_context;
    RequestSpec m_saved;
    std::optional<RequestSpec> m_savedBeforeGone;
};

} // namespace Sluice
