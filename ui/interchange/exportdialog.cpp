// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/interchange/exportdialog.h"

#include "core/collection/atomicfile.h"
#include "core/collection/itemnames.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/worker.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

ExportDialog::ExportDialog(ExportJob job, QWidget *parent)
    : QDialog(parent), m_job(std::move(job)), m_target(new QComboBox(this)),
      m_iterations(new QSpinBox(this)), m_text(new CodeView(this)), m_notes(new QLabel(this))
{
    setWindowTitle(tr("Export %1").arg(m_job.plan.name));
    resize(860, 640);
    for (const ExportTarget &target : exportTargets())
        m_target->addItem(target.title, QString(target.id));
    m_target->setObjectName(u"exportTarget"_s);
    m_target->setAccessibleName(tr("Format"));
    m_iterations->setRange(1, 1'000'000);
    m_iterations->setValue(m_job.plan.iterations);
    m_iterations->setGroupSeparatorShown(true);
    m_iterations->setFixedWidth(120);
    m_iterations->setAccessibleName(tr("Iterations"));
    m_text->setReadOnly(true);
    m_text->setObjectName(u"exportText"_s);
    m_text->setAccessibleName(tr("What is exported"));
    m_notes->setObjectName(u"exportNotes"_s);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *format = new QLabel(tr("&Format"), this);
    format->setBuddy(m_target);
    auto *iterations = new QLabel(tr("&Iterations"), this);
    iterations->setBuddy(m_iterations);
    auto *top = new QHBoxLayout;
    top->addWidget(format);
    top->addWidget(m_target);
    top->addSpacing(12);
    top->addWidget(iterations);
    top->addWidget(m_iterations);
    top->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(u"exportCopy"_s);
    m_save->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_notes);
    layout->addWidget(buttons);

    const auto changed = [this, iterations] {
        // Only the load generators run anything.
        const QString id = target().id;
        const bool runs = id == "k6"_L1 || id == "locust"_L1;
        iterations->setVisible(runs);
        m_iterations->setVisible(runs);
        refresh();
    };
    connect(m_target, &QComboBox::currentIndexChanged, this, changed);
    connect(m_iterations, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_exported.text)); });
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::askWhereToSave);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    changed();
    m_target->setFocus();
}

const ExportTarget &ExportDialog::target() const
{
    return exportTargets()[std::size_t(m_target->currentIndex())];
}

void ExportDialog::refresh()
{
    m_job.plan.iterations = m_iterations->value();
    m_save->setEnabled(false);
    m_copy->setEnabled(false);
    runInWorker(
        this, [job = m_job, id = QString(target().id)] { return exportFor(id, job); },
        [this, generation = ++m_generation](const Result<Exported> &exported) {
            if (generation != m_generation)
                return;
            if (exported)
                present(*exported);
            else
                m_notes->setText(exported.error().message);
        });
}

void ExportDialog::present(const Exported &exported)
{
    m_exported = exported;
    m_text->setLanguage(target().suffix == "js"_L1     ? CodeLanguage::JavaScript
                        : target().suffix == "json"_L1 ? CodeLanguage::Json
                                                       : CodeLanguage::Plain);
    m_text->showText(exported.text);
    m_save->setEnabled(true);
    m_copy->setEnabled(true);
    QStringList items;
    for (const QString &note : exported.notes)
        items += u"<li>"_s + note.toHtmlEscaped() + u"</li>"_s;
    m_notes->setText(items.isEmpty() ? tr("Nothing is lost.")
                                     : tr("What is lost:") + u"<ul style='margin:0'>"_s
                                           + items.join(QString()) + u"</ul>"_s);
}

void ExportDialog::askWhereToSave()
{
    const QString suffix = target().suffix;
    auto *dialog =
        new QFileDialog(this, tr("Export"), QString(), u"%1 (*.%2)"_s.arg(target().title, suffix));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(slug(m_job.plan.name, u"export"_s) + u'.' + suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::save);
    dialog->open();
}

void ExportDialog::save(const QString &path)
{
    runInWorker(
        this, [path, text = m_exported.text] { return writeFileAtomically(path, text); },
        [this](const Result<> &written) {
            if (written)
                accept();
            else
                m_notes->setText(written.error().toString());
        });
}

} // namespace Sluice
