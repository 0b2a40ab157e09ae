// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/layer_tree_model.h"

#include <QFont>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

#include "sensitivity/ranking.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

namespace {

// An index of a matrix below a layer carries the node's number + 1; top-level indexes carry 0.
constexpr quintptr topLevel = 0;
const double absent = std::nan("");

QString schemeText(const QString& scheme) { return scheme.isEmpty() ? LayerTreeModel::tr("16 bit") : scheme; }

} // namespace

LayerTreeModel::LayerTreeModel(Session& session, QObject* parent) : QAbstractItemModel(parent), m_session(session) {
    rebuild();
    connect(&session, &Session::modelChanged, this, &LayerTreeModel::rebuild);
    connect(&session.view(), &RunView::runChanged, this, &LayerTreeModel::rebuild);
    connect(&session.view(), &RunView::reportsGrown, this, &LayerTreeModel::update);
    connect(&session.view(), &RunView::sensitivityChanged, this, &LayerTreeModel::update);
    connect(&session.recipe(), &RecipeEditor::changed, this, &LayerTreeModel::update);
}

void LayerTreeModel::rebuild() {
    const std::vector<Module>& modules = m_session.recipe().modules();
    const bool same = modules.size() == m_matrices.size() &&
                      std::equal(modules.begin(), modules.end(), m_matrices.begin(),
                                 [](const Module& a, const Matrix& b) { return a.name == b.module.name; });
    if (same) { // keeps what is expanded and selected
        update();
        return;
    }
    beginResetModel();
    m_matrices.clear();
    m_nodes.clear();
    for (const Module& module : modules) {
        Matrix matrix;
        matrix.module = module;
        matrix.name = QString::fromStdString(module.name);
        fill(matrix);
        const int at = static_cast<int>(m_matrices.size());
        m_matrices.push_back(std::move(matrix));
        if (module.layer < 0)
            m_nodes.push_back({-1, {at}, true});
        else if (m_nodes.empty() || m_nodes.back().layer != module.layer)
            m_nodes.push_back({module.layer, {at}, false});
        else
            m_nodes.back().matrices.push_back(at);
    }
    endResetModel();
    update();
}

void LayerTreeModel::fill(Matrix& matrix) const {
    const Scheme* scheme = m_session.recipe().plan(matrix.name);
    const QString planned = scheme ? QString::fromStdString(scheme->name) : QString();
    const MatrixReport* report = m_session.view().report(matrix.name);
    const QString measured = report ? QString::fromStdString(report->scheme) : QString();
    double bytes = static_cast<double>(matrix.module.rows) * static_cast<double>(matrix.module.columns) * 2;
    if (report && measured == planned) {
        bytes = static_cast<double>(report->bytes_after);
    } else if (scheme && matrix.module.rows > 0) {
        bytes *= effective_bits(*scheme, matrix.module.rows, matrix.module.columns) / 16;
    }
    const double error = report && !measured.isEmpty() && report->relative_error > 0 ? report->relative_error : absent;
    matrix.planned = planned;
    matrix.measured = measured;
    matrix.hasRun = report != nullptr;
    matrix.bytes = bytes;
    matrix.error = error;
}

void LayerTreeModel::measureDamage() {
    QHash<QString, double> damages;
    const RunView& view = m_session.view();
    m_byDivergence = false;
    if (const SensitivityTable* table = view.sensitivity()) {
        const Ranking ranking(*table, view.reports());
        // A group's damage is spread over its matrices, so that a layer adds up to what was measured.
        for (const Ranking::Entry& entry : ranking.entries())
            for (const QString& name : entry.matrices)
                damages[name] = std::max(entry.damage, 0.0) / double(entry.matrices.size());
        // Shares of a part would look like shares of the whole.
        m_byDivergence = std::all_of(m_matrices.begin(), m_matrices.end(), [&](const Matrix& matrix) {
            return matrix.measured.isEmpty() || damages.contains(matrix.name);
        });
    }
    double total = 0;
    for (Matrix& matrix : m_matrices) {
        matrix.damage = !m_byDivergence             ? matrix.error
                        : matrix.measured.isEmpty() ? absent
                                                    : damages.value(matrix.name);
        if (!std::isnan(matrix.damage)) total += matrix.damage;
    }
    for (Matrix& matrix : m_matrices) matrix.damage = total > 0 ? 100 * matrix.damage / total : absent;
}

void LayerTreeModel::update() {
    for (Matrix& matrix : m_matrices) fill(matrix);
    measureDamage();
    m_worstMatrix = m_worstLayer = 0;
    for (const Matrix& matrix : m_matrices)
        if (!std::isnan(matrix.damage)) m_worstMatrix = std::max(m_worstMatrix, matrix.damage);
    for (const Node& node : m_nodes)
        if (const double damage = sum(node, DamageColumn); !std::isnan(damage))
            m_worstLayer = std::max(m_worstLayer, damage);
    if (m_nodes.empty()) return;
    const int last = static_cast<int>(m_nodes.size()) - 1;
    Q_EMIT dataChanged(index(0, SchemeColumn), index(last, DamageColumn));
    for (int row = 0; row <= last; ++row) {
        const QModelIndex top = index(row, 0);
        if (const int children = rowCount(top))
            Q_EMIT dataChanged(index(0, SchemeColumn, top), index(children - 1, DamageColumn, top));
    }
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex& parentIndex) const {
    if (!hasIndex(row, column, parentIndex)) return {};
    return createIndex(row, column, parentIndex.isValid() ? static_cast<quintptr>(parentIndex.row()) + 1 : topLevel);
}

QModelIndex LayerTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid() || child.internalId() == topLevel) return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, topLevel);
}

int LayerTreeModel::rowCount(const QModelIndex& parentIndex) const {
    if (!parentIndex.isValid()) return static_cast<int>(m_nodes.size());
    if (parentIndex.column() != 0 || parentIndex.internalId() != topLevel) return 0;
    const Node& node = m_nodes[static_cast<std::size_t>(parentIndex.row())];
    return node.single ? 0 : static_cast<int>(node.matrices.size());
}

int LayerTreeModel::columnCount(const QModelIndex&) const { return ColumnCount; }

const LayerTreeModel::Matrix* LayerTreeModel::matrixAt(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    if (index.internalId() != topLevel)
        return &m_matrices[static_cast<std::size_t>(m_nodes[index.internalId() - 1].matrices[row])];
    const Node& node = m_nodes[row];
    return node.single ? &m_matrices[static_cast<std::size_t>(node.matrices.front())] : nullptr;
}

double LayerTreeModel::sum(const Node& node, int column) const {
    double out = column == SizeColumn ? 0 : absent;
    for (const int at : node.matrices) {
        const Matrix& matrix = m_matrices[static_cast<std::size_t>(at)];
        if (column == SizeColumn) out += matrix.bytes;
        const double value = column == ErrorColumn ? matrix.error : matrix.damage;
        if (column == SizeColumn || std::isnan(value)) continue;
        // The error of a layer is its worst matrix's, the share of the damage adds up.
        out = std::isnan(out) ? value : column == ErrorColumn ? std::max(out, value) : out + value;
    }
    return out;
}

double LayerTreeModel::raw(const QModelIndex& index) const {
    const Matrix* matrix = matrixAt(index);
    const Node* node = matrix ? nullptr : &m_nodes[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case SizeColumn: return matrix ? matrix->bytes : sum(*node, SizeColumn);
    case ErrorColumn: return matrix ? matrix->error : sum(*node, ErrorColumn);
    case DamageColumn: return matrix ? matrix->damage : sum(*node, DamageColumn);
    default: return absent;
    }
}

double LayerTreeModel::heat(const QModelIndex& index) const {
    const double worst = matrixAt(index) ? m_worstMatrix : m_worstLayer;
    const double value = raw(index.siblingAtColumn(DamageColumn));
    return std::isnan(value) || worst <= 0 ? -1 : value / worst;
}

QVariant LayerTreeModel::matrixText(const Matrix& matrix, int column) const {
    if (column == NameColumn) return matrix.module.layer < 0 ? matrix.name : withinLayer(matrix.name);
    if (matrix.hasRun && matrix.measured != matrix.planned)
        return schemeText(matrix.measured) + QStringLiteral(" → ") + schemeText(matrix.planned);
    return schemeText(matrix.planned);
}

QVariant LayerTreeModel::layerText(const Node& node, int column) const {
    if (column == NameColumn) return tr("Layer %1").arg(node.layer);
    QSet<QString> schemes;
    bool edited = false;
    for (const int at : node.matrices) {
        const Matrix& matrix = m_matrices[static_cast<std::size_t>(at)];
        schemes.insert(matrix.planned);
        edited = edited || (matrix.hasRun && matrix.measured != matrix.planned);
    }
    const QString text =
        schemes.size() == 1 ? schemeText(*schemes.begin()) : tr("mixed", "several schemes in one layer");
    return edited ? text + QStringLiteral(" ✎") : text;
}

QString LayerTreeModel::toolTip(const QModelIndex& index) const {
    const Matrix* matrix = matrixAt(index);
    if (!matrix) return {};
    QString out = matrix->name;
    if (matrix->module.rows > 0)
        out += QStringLiteral("\n") + tr("%1 outputs × %2 inputs").arg(matrix->module.rows).arg(matrix->module.columns);
    if (!matrix->module.fused_set.empty()) {
        const QStringList partners = m_session.recipe().withPartners({matrix->name});
        QStringList roles;
        for (const QString& partner : partners) roles << partner.section(QLatin1Char('.'), -1);
        if (roles.size() > 1)
            out += QStringLiteral("\n") +
                   tr("vLLM runs %1 as one matrix: they change together.").arg(roles.join(QStringLiteral(", ")));
    }
    return out;
}

QVariant LayerTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Matrix* matrix = matrixAt(index);
    const Node& node =
        m_nodes[index.internalId() == topLevel ? static_cast<std::size_t>(index.row()) : index.internalId() - 1];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() <= SchemeColumn)
            return matrix ? matrixText(*matrix, index.column()) : layerText(node, index.column());
        if (index.column() == SizeColumn)
            return raw(index) > 0 ? bytesText(static_cast<std::uint64_t>(raw(index))) : QStringLiteral("–");
        // One form for all rows: magnitudes are what is compared here.
        if (index.column() == ErrorColumn)
            return std::isnan(raw(index)) ? QStringLiteral("–") : QLocale().toString(raw(index), 'e', 1);
        return std::isnan(raw(index)) ? QStringLiteral("–")
                                      : QLocale().toString(raw(index), 'f', 1) + QStringLiteral(" %");
    case RawRole: return index.column() >= SizeColumn ? QVariant(raw(index)) : data(index, Qt::DisplayRole);
    case ModuleRole: return matrix ? matrix->name : QString();
    case ModulesRole: {
        if (matrix) return QStringList{matrix->name};
        QStringList names;
        for (const int at : node.matrices) names << m_matrices[static_cast<std::size_t>(at)].name;
        return names;
    }
    case HeatRole: return index.column() == DamageColumn ? QVariant(heat(index)) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() >= SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::ToolTipRole: return toolTip(index);
    case Qt::FontRole:
        if (matrix && index.column() == SchemeColumn && matrix->hasRun && matrix->measured != matrix->planned) {
            QFont font;
            font.setItalic(true);
            return font;
        }
        return {};
    default: return {};
    }
}

QVariant LayerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section >= SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case SchemeColumn: return tr("What the recipe does with it; “a → b” where the shown run did something else.");
        case SizeColumn: return tr("Weights and scales on disk under the recipe.");
        case ErrorColumn: return tr("Relative output error tr(ΔW H ΔWᵀ) / tr(W H Wᵀ); of a layer, its worst matrix.");
        case DamageColumn:
            return m_byDivergence ? tr("Share of the summed KL divergences that quantizing each group alone causes; "
                                       "fused matrices share what their group was measured with.")
                                  : tr("Share of the summed relative errors of all matrices. Measure the KL divergence "
                                       "on the Sensitivity page to see what they do to the answers.");
        default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("Layer");
    case SchemeColumn: return tr("Scheme");
    case SizeColumn: return tr("Size");
    case ErrorColumn: return tr("Rel. error");
    case DamageColumn: return tr("Damage");
    default: return {};
    }
}

QModelIndex LayerTreeModel::indexOf(const QString& module) const {
    for (int top = 0; top < rowCount(); ++top) {
        const Node& node = m_nodes[static_cast<std::size_t>(top)];
        for (int row = 0; row < static_cast<int>(node.matrices.size()); ++row)
            if (m_matrices[static_cast<std::size_t>(node.matrices[static_cast<std::size_t>(row)])].name == module)
                return node.single ? index(top, 0) : index(row, 0, index(top, 0));
    }
    return {};
}

} // namespace octavo::gui
