package peer;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.binary.api.IBinaryStorageSvc;
import ca.uhn.fhir.jpa.binstore.DatabaseBinaryContentStorageSvcImpl;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.DiffProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.validation.IInstanceValidatorModule;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import jakarta.persistence.EntityManagerFactory;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** HAPI's own R4 JPA beans, plus the few it expects from the application: settings, database, servlet. */
@Configuration
@Import({
  JpaR4Config.class, // the R4 resource types: DAOs, providers, search
  HapiJpaConfig.class, // paging, stale search removal
  JpaBatch2Config.class, Batch2JobsConfig.class, SubscriptionChannelConfig.class, // the storage beans ask for the job coordinator
  ThreadPoolFactoryConfig.class
})
public class Config {

  @Bean
  public JpaStorageSettings storageSettings() {
    JpaStorageSettings s = new JpaStorageSettings();
    s.setEnforceReferentialIntegrityOnWrite(true);
    s.setEnforceReferentialIntegrityOnDelete(true);
    s.setReuseCachedSearchResultsForMillis(Main.searchCacheMillis > 0 ? Main.searchCacheMillis : null);
    s.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.NONE); // no meta.source added
    s.setAllowContainsSearches(true);
    s.setFilterParameterEnabled(true);
    s.setExpungeEnabled(true);
    s.setAllowMultipleDelete(true); // expungeEverything asks for it
    s.setHibernateSearchIndexFullText(false);
    s.setHibernateSearchIndexSearchParams(false);
    return s;
  }

  @Bean
  public PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  public SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  @Bean
  public IBinaryStorageSvc binaryStorage() {
    return new DatabaseBinaryContentStorageSvcImpl();
  }

  /** H2 has a pool of its own: no other needed. */
  @Bean(destroyMethod = "dispose")
  public JdbcConnectionPool dataSource() {
    String url = Main.db == null
        ? "jdbc:h2:mem:peer;DB_CLOSE_DELAY=-1"
        : "jdbc:h2:file:" + Main.db.toAbsolutePath() + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";
    JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
    pool.setMaxConnections(40);
    return pool;
  }

  @Bean
  public LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans, FhirContext fhir, JpaStorageSettings settings, DataSource dataSource) {
    Map<String, Object> p = new HashMap<>();
    p.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
    p.put("hibernate.hbm2ddl.auto", Main.db == null ? "create-only" : "update");
    p.put("hibernate.jdbc.batch_size", "20");
    p.put("hibernate.search.enabled", "false"); // no Lucene, no Elasticsearch
    LocalContainerEntityManagerFactoryBean f =
        HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, settings);
    f.setPersistenceUnitName("HAPI_PU");
    f.setDataSource(dataSource);
    f.setJpaPropertyMap(p);
    return f;
  }

  @Bean
  public JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
    return new JpaTransactionManager(entityManagerFactory);
  }

  @Bean
  public RestfulServer restfulServer(
      FhirContext fhir, IFhirSystemDao<?, ?> systemDao, JpaSystemProvider<?, ?> systemProvider,
      ResourceProviderFactory resources, DatabaseBackedPagingProvider paging, JpaStorageSettings settings,
      ISearchParamRegistry searchParams, IValidationSupport validation, IInstanceValidatorModule validator,
      ValueSetOperationProvider valueSets, DiffProvider diff) {
    RestfulServer s = new RestfulServer(fhir);
    s.setDefaultResponseEncoding(EncodingEnum.JSON);
    s.setDefaultPrettyPrint(true);
    paging.setDefaultPageSize(20);
    paging.setMaximumPageSize(Integer.MAX_VALUE);
    s.setPagingProvider(paging);
    s.registerProviders(resources.createProviders());
    s.registerProviders(systemProvider, valueSets, diff);
    s.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(s, systemDao, settings, searchParams, validation));
    if (Main.validate) {
      RequestValidatingInterceptor v = new RequestValidatingInterceptor();
      v.setFailOnSeverity(ResultSeverityEnum.ERROR);
      v.setValidatorModules(List.of(validator));
      s.registerInterceptor(v);
    }
    return s;
  }
}
